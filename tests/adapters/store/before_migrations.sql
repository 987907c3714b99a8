-- A database as Shunter made it before its ledger had migrations, with one deed in it.
CREATE TABLE ledger_intents (
	sequence INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	run TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	rule TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	item INTEGER, 
	rev INTEGER, 
	list INTEGER, 
	reason TEXT NOT NULL, 
	diff JSON NOT NULL, 
	"key" TEXT NOT NULL, 
	claim TEXT NOT NULL, 
	PRIMARY KEY (sequence), 
	UNIQUE (id)
);
INSERT INTO "ledger_intents" VALUES(1,'r1.1','r1','2026-12-03 09:30:00.000000','retest','move to Ready for Retest','defect 123',123,4,NULL,'5.2.16.0 arrived','[{"field": "state", "old": "resolved", "new": "ready for retest"}, {"field": "delivered by", "old": "", "new": "900"}, {"field": "assigned to", "old": "", "new": "tess@st.example, else theo@st.example"}]','','');
CREATE TABLE ledger_outcomes (
	sequence INTEGER NOT NULL, 
	intent TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	result TEXT NOT NULL, 
	words TEXT NOT NULL, 
	item INTEGER, 
	rev INTEGER, 
	is_lasting BOOLEAN NOT NULL, 
	PRIMARY KEY (sequence), 
	FOREIGN KEY(intent) REFERENCES ledger_intents (id)
);
INSERT INTO "ledger_outcomes" VALUES(1,'r1.1','2026-12-03 09:32:00.000000','applied','',123,5,0);
CREATE TABLE ledger_runs (
	sequence INTEGER NOT NULL, 
	run TEXT NOT NULL, 
	at DATETIME, 
	jobs JSON NOT NULL, 
	ending TEXT NOT NULL, 
	why TEXT NOT NULL, 
	PRIMARY KEY (sequence)
);
INSERT INTO "ledger_runs" VALUES(1,'r1','2026-12-03 09:32:00.000000','["retest"]','DONE','');
CREATE TABLE pulse (
	job TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (job)
);
INSERT INTO "pulse" VALUES('retest','2026-12-03 09:32:00.000000');
CREATE TABLE shunter_schema (
	part TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (part)
);
INSERT INTO "shunter_schema" VALUES('mirror',4);
INSERT INTO "shunter_schema" VALUES('ledger',1);
CREATE TRIGGER ledger_runs_no_update BEFORE UPDATE ON ledger_runs BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END;
CREATE TRIGGER ledger_runs_no_delete BEFORE DELETE ON ledger_runs BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END;
CREATE INDEX ix_ledger_intents_list ON ledger_intents (list);
CREATE INDEX ix_ledger_intents_run ON ledger_intents (run);
CREATE INDEX ix_ledger_intents_item_rev ON ledger_intents (item, rev);
CREATE TRIGGER ledger_intents_no_update BEFORE UPDATE ON ledger_intents BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END;
CREATE TRIGGER ledger_intents_no_delete BEFORE DELETE ON ledger_intents BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END;
CREATE INDEX ix_ledger_outcomes_item ON ledger_outcomes (item);
CREATE INDEX ix_ledger_outcomes_is_lasting ON ledger_outcomes (is_lasting);
CREATE INDEX ix_ledger_outcomes_intent ON ledger_outcomes (intent);
CREATE TRIGGER ledger_outcomes_no_update BEFORE UPDATE ON ledger_outcomes BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END;
CREATE TRIGGER ledger_outcomes_no_delete BEFORE DELETE ON ledger_outcomes BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END;
