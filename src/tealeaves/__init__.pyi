from tealeaves import cases as cases
from tealeaves import measures as measures
from tealeaves.api import case as case
from tealeaves.api import measure as measure
from tealeaves.api import panel as panel
from tealeaves.api import ties as ties
from tealeaves.errors import TealeavesError as TealeavesError
from tealeaves.evidence.store import Store as Store
from tealeaves.figure import Figure as Figure
from tealeaves.figure import Series as Series
from tealeaves.states import resolve as resolve

__all__: list[str]
__version__: str
