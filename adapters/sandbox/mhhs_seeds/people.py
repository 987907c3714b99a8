"""The people of the default programme, by the names that they sign in with."""

from __future__ import annotations

from adapters.sandbox.person import Person

BOT = "shunter@mhhs.example"
SIT_RELEASE_MANAGER = "rhona.reid@si.example"
UIT_RELEASE_MANAGER = "quentin.marsh@qt.example"
SIT_DEFECT_MANAGER = "dev.patel@si.example"
UIT_DEFECT_MANAGER = "maeve.byrne@qt.example"

TESS = "tess.hall@st.example"
THEO = "theo.quinn@st.example"
TARA = "tara.iqbal@st.example"
TIM = "tim.o'dowd@st.example"
TESTERS = (TESS, THEO, TARA, TIM)

PEOPLE = (
    Person("Shunter", BOT),
    Person("Rhona Reid", SIT_RELEASE_MANAGER),
    Person("Quentin Marsh", UIT_RELEASE_MANAGER),
    Person("Dev Patel", SIT_DEFECT_MANAGER),
    Person("Maeve Byrne", UIT_DEFECT_MANAGER),
    Person("Dora Okafor", "dora.okafor@si.example"),
    Person("Tom Ellis", "tom.ellis@si.example"),
    Person("Eve Lund", "eve.lund@si.example"),
    Person("Bill Ngata", "bill.ngata@si.example"),
    Person("Tess Hall", TESS),
    Person("Theo Quinn", THEO),
    Person("Tara Iqbal", TARA),
    Person("Tim O'Dowd", TIM),
    Person("Dana Cole (DCC)", "rm@dcc.example"),
    Person("Elin Frost (Electralink)", "rm@electralink.example"),
    Person("Hal Mercer (Elexon)", "rm@elexon.example"),
    Person("Ravi Sethi (RECCo)", "rm@recco.example"),
    Person("Clem Stone (St Clements)", "rm@stclements.example"),
    Person("Ava Nadeau (Avanade)", "rm@avanade.example"),
)


def defect_manager_of(environment: str) -> str:
    return UIT_DEFECT_MANAGER if environment == "UIT" else SIT_DEFECT_MANAGER


def deployed_by(environment: str) -> str:
    """Who looked after the deployments there, and handed their fixes to the testers."""
    return UIT_RELEASE_MANAGER if environment == "UIT" else SIT_RELEASE_MANAGER
