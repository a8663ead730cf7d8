"""Our own import-linter contract: what is private to an app stays there."""

from __future__ import annotations

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateModulesContract(Contract):
    """Some modules of every app may be imported by that app alone.

    Configuration options:
        - package:          The package whose children are the apps.
        - private_modules:  Names of modules (or packages) which, directly inside an app, are private to it.
        - public:           Modules to which the rule does not apply. (Optional.)
        - allowed_importers: Modules outside the apps that may import anything. (Optional.)

    Tests may look into everything on their floors: they must see what a verb has written elsewhere.
    """

    type_name = "private"

    package = fields.StringField()
    private_modules = fields.SetField(subfield=fields.StringField())
    public = fields.SetField(subfield=fields.StringField(), required=False)
    allowed_importers = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Break on every import that crosses into another app's private modules."""
        trespasses = sorted(set(self._trespasses(graph)))
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say who reached for what, a line each."""
        for importer, imported, line in check.metadata["trespasses"]:
            output.print_error(f"{importer} (l.{line}) imports {imported}", bold=False)
        output.print_error("Go through the app's services, selectors, policies, types, events or errors.")

    def _trespasses(self, graph: ImportGraph) -> Iterator[tuple[str, str, int]]:
        for private in self._private(graph) - self._option("public"):
            for importer in graph.find_modules_that_directly_import(private) - self._option("allowed_importers"):
                if self._app_of(importer) != self._app_of(private) and "tests" not in importer.split("."):
                    yield importer, private, self._line(graph, importer, private)

    def _private(self, graph: ImportGraph) -> set[str]:
        names = self._option("private_modules")
        return {module for module in graph.modules if self._app_of(module) and names & set(module.split(".")[2:3])}

    def _app_of(self, module: str) -> str:
        parts = module.split(".")
        return parts[1] if parts[0] == str(self.package) and len(parts) > 1 else ""

    def _option(self, name: str) -> set[str]:
        """The declared fields become plain values on the instance; an absent one is None."""
        return set(getattr(self, name) or ())

    @staticmethod
    def _line(graph: ImportGraph, importer: str, imported: str) -> int:
        details = graph.get_import_details(importer=importer, imported=imported)
        return details[0]["line_number"] if details else 0
