"""The mutants of one module: the operators are mutmut's, the places are ours.

mutmut itself leaves decorated functions alone, which here are every property, every cached rule and every guard, and
everything outside of functions: the tables. So only its operators are taken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

# Words for people say nothing a rule decides by: the tests of the texts and the translators read them.
WORDS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "format_html"}
PLAIN = {"len", "isinstance", "TypeVar", "cast"}


def left_out_keyword(call: cst.Call) -> Iterable[cst.Call]:
    """Of mutmut's changes to arguments the one that types alone do not find: a named one left out."""
    for n, arg in enumerate(call.args):
        if arg.keyword and not is_left_out(arg):
            yield call.with_changes(args=[*call.args[:n], *call.args[n + 1 :]])


def one_less(number: cst.Integer) -> Iterable[cst.BaseExpression]:
    """mutmut adds one; a limit has two sides."""
    if number.evaluated_value > 0:
        yield number.with_changes(value=repr(number.evaluated_value - 1))


# `x = None` and `f(None)` are for mypy, which is strict here.
MADE_BY_TYPES = {mutators.operator_assignment, mutators.operator_arg_removal}
OPERATORS = [
    *(pair for pair in mutators.mutation_operators if pair[1] not in MADE_BY_TYPES),
    (cst.Call, left_out_keyword),
    (cst.Integer, one_less),
]


@dataclass(frozen=True)
class Mutant:
    """One change in one place; `function` is empty where the line is reckoned on import."""

    path: str
    function: str
    line: int
    was: str
    becomes: str
    nodes: tuple[cst.Module, cst.CSTNode, cst.CSTNode]

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"

    def source(self) -> str:
        module, old, new = self.nodes
        return module.deep_replace(old, new).code


class Places(cst.CSTVisitor):
    """Walks a module and keeps what each operator makes of each node."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, path: str, module: cst.Module):
        super().__init__()
        self.path = path
        self.module = module
        self.scope: list[str] = []
        self.depth = 0
        self.found: list[Mutant] = []

    def on_visit(self, node):
        if is_left_out(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self.scope.append(node.name.value)
            self.depth += isinstance(node, cst.FunctionDef)
        if isinstance(node, cst.Parameters):
            self.depth -= 1
        if self.depth > 0 or not self.in_class():
            self.found += self.mutants_of(node)
        return True

    def on_leave(self, original_node):
        if is_left_out(original_node):
            return
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self.scope.pop()
            self.depth -= isinstance(original_node, cst.FunctionDef)
        if isinstance(original_node, cst.Parameters):
            self.depth += 1

    def mutants_of(self, node: cst.CSTNode) -> Iterator[Mutant]:
        position = self.get_metadata(PositionProvider, node, None)
        if position is None:
            return
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                for new in list(operator(node))[: 1 if isinstance(node, cst.SimpleString) else None]:
                    yield Mutant(
                        self.path,
                        self.function(),
                        position.start.line,
                        short(self.module.code_for_node(node)),
                        short(self.module.code_for_node(new)),
                        (self.module, node, new),
                    )

    def in_class(self) -> bool:
        """The fields of a class and their defaults: what they are called and are without a word is for mypy."""
        return bool(self.scope) and self.scope[0][0].isupper()

    def function(self) -> str:
        """Its name as the compiler says it, of the outermost function; what stands in a head is reckoned on import."""
        if self.depth <= 0:
            return ""
        return ".".join(self.scope[: self.outermost()])

    def outermost(self) -> int:
        return next(n for n, name in enumerate(self.scope, 1) if not name[0].isupper())


def is_left_out(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.SimpleString):
        return not node.value.isascii() or node.value.startswith(('"""', "'''"))
    if isinstance(node, cst.Call):
        return isinstance(node.func, cst.Name) and node.func.value in WORDS | PLAIN
    if isinstance(node, cst.Subscript):
        return isinstance(node.value, cst.Name) and node.value.value == "Literal"
    if isinstance(node, cst.Arg):
        # zip's guard against ourselves: no facts reach it.
        return node.keyword is not None and node.keyword.value == "strict"
    if isinstance(node, cst.Assign):
        return isinstance(node.targets[0].target, cst.Name) and node.targets[0].target.value == "__all__"
    return isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom)


def short(code: str) -> str:
    return " ".join(code.split())


def mutants(home: Path, path: str) -> list[Mutant]:
    wrapper = MetadataWrapper(cst.parse_module((home / path).read_text()))
    places = Places(path, wrapper.module)
    wrapper.visit(places)
    return places.found


def unchanged(home: Path, path: str, function: str) -> Mutant:
    module = cst.parse_module((home / path).read_text())
    return Mutant(path, function, 0, "", "", (module, module.body[0], module.body[0]))
