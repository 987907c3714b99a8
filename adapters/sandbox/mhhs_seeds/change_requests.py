"""The change requests: six that travel in the next builds, two that are not ready."""

from __future__ import annotations

from adapters.sandbox.mhhs_seeds.seed import ChangeSeed

CHANGE_REQUESTS = (
    ChangeSeed(
        id=115,
        title="CR-041 Publish ISD changes on the day before they take effect",
        state="Resolved",
        party="Elexon",
        version="2.3.2.0",
        raised_by="rm@elexon.example",
        description="<p>ISD entities are published at 18:00 on the working day before their effective date.</p>",
    ),
    ChangeSeed(
        id=140,
        title="CR-044 Load shaping for export MPANs below 50 kW",
        state="Resolved",
        party="Elexon",
        version="2.3.2.0",
        raised_by="tom.ellis@si.example",
        description="<p>Small export sites get a shape of their own; see <i>design decision 112</i>.</p>",
    ),
    ChangeSeed(
        id=163,
        title="CR-047 Carry the MHHS migration flag in D0155",
        state="Resolved",
        party="Electralink",
        version="3.4.8.0",
        raised_by="rm@electralink.example",
        description="<p>An optional group at the end of the flow; old readers skip it.</p>",
    ),
    ChangeSeed(
        id=189,
        title="CR-052 Show the appointed data service in ECOES",
        state="Resolved",
        party="RECCo",
        version="1.0.2.0",
        raised_by="rm@recco.example",
        description="<p>Name, role and start date, on the MPAN page and in the API.</p>",
    ),
    ChangeSeed(
        id=222,
        title="CR-055 Accept IF-031 appointments up to 28 days ahead",
        state="Resolved",
        party="St Clements",
        version="4.1.1.0",
        raised_by="rm@stclements.example",
        description="<p>Was 10 working days. The rule moves to configuration.</p>",
    ),
    ChangeSeed(
        id=263,
        title="CR-058 Raise the DIP's message size limit to 4 MB",
        state="Resolved",
        party="Avanade",
        version="6.0.4.0",
        raised_by="rm@avanade.example",
        description="<p>Agreed by the design authority; larger messages are refused with 413.</p>",
    ),
    ChangeSeed(
        id=349,
        title="CR-063 Daily switching report for suppliers",
        state="Approved",
        party="DCC",
        raised_by="rm@dcc.example",
        description="<p>A CSV for each supplier, by 06:00. Effort is being estimated.</p>",
    ),
    ChangeSeed(
        id=498,
        title="CR-070 Bulk energisation changes",
        state="New",
        party="St Clements",
        raised_by="bill.ngata@si.example",
        description="<p>To be discussed.</p>",
    ),
)
