"""The rules of who may import whom and how large things may grow, each sentence as one check."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "crm_desktop"

ALLOWED = {
    "errors": set[str](),
    "paths": {"errors"},
    "log": set[str](),
    "settings": {"errors"},
    "domain": {"errors"},
    "analytics": {"domain", "errors"},
    "storage": {"domain", "errors", "log", "paths"},
    "formats": {"domain", "errors", "paths"},
    "services": {"domain", "analytics", "storage", "formats", "errors", "log", "paths", "settings"},
    "gui": {"domain", "services", "errors", "log", "paths", "settings"},
    "bootstrap": {"domain", "services", "storage", "errors", "log", "paths", "settings"},
}
"""What each part of the program may use of the others; parts not named here build everything together."""

OUTSIDE = {"domain": set[str](), "analytics": {"numpy", "rapidfuzz"}}
"""The only libraries of these two, which hold knowledge and must stay free of everything else."""

HOMES = {
    "peewee": ("storage",),
    "playhouse": ("storage",),
    "apsw": ("storage",),
    "PySide6": ("gui", "app"),
    "shiboken6": ("gui", "app"),
    "matplotlib": ("gui.charts",),
    "numpy": ("analytics", "gui.charts"),
    "rapidfuzz": ("analytics",),
}
"""Where alone a library may be imported."""

FUNCTION_LINES, MODULE_LINES, PARAMETERS = 50, 500, 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def imports_in(node: ast.AST, package: str) -> Iterator[str]:
    """Every module that `node`, code of `package`, imports at run time, wherever the statement stands."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        yield from (f"{base}.{alias.name}" for alias in node.names)
    elif is_for_type_checkers(node):
        return
    for child in ast.iter_child_nodes(node):
        yield from imports_in(child, package)


@cache
def sources() -> dict[str, ast.Module]:
    """The syntax tree of each module by its name below the package, such as `gui.pages.leads`."""
    trees = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        trees[name] = ast.parse(path.read_text("utf-8"), str(path))
    return trees


@cache
def imports() -> list[tuple[str, str]]:
    """Each (module, imported name), where names of our own start with `crm_desktop.`."""
    found = []
    for name, tree in sources().items():
        is_package = (PACKAGE / name.replace(".", "/") / "__init__.py").is_file()
        package = ".".join(["crm_desktop", *name.split(".")][: None if is_package else -1]).rstrip(".")
        found += [(name, imported) for imported in imports_in(tree, package)]
    return found


def ours() -> list[tuple[str, str]]:
    """Each (module, imported module) inside the program, both named below the package."""
    return [(name, what.removeprefix("crm_desktop.")) for name, what in imports() if what.startswith("crm_desktop.")]


def lies_in(module: str, *places: str) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import a.b, c", ["a.b", "c"]),
        ("from a import b, c", ["a.b", "a.c"]),
        ("from . import x", ["p.q.x"]),
        ("from ..y import z", ["p.y.z"]),
        ("def f():\n    import a", ["a"]),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    pass", []),
        ("class C:\n    try:\n        import a\n    except ImportError:\n        import b", ["a", "b"]),
    ],
)
def test_the_import_reader_sees_what_python_would(code: str, found: list[str]) -> None:
    assert list(imports_in(ast.parse(code), "p.q")) == found


@pytest.mark.parametrize("layer", ALLOWED)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    allowed = {layer, "__version__", *ALLOWED[layer]}
    assert [
        (name, used) for name, used in ours() if lies_in(name, layer) and used.split(".")[0] not in allowed
    ] == []


@pytest.mark.parametrize("layer", OUTSIDE)
def test_knowledge_needs_no_libraries(layer: str) -> None:
    allowed = sys.stdlib_module_names | OUTSIDE[layer] | {"crm_desktop"}
    assert [
        (name, used) for name, used in imports() if lies_in(name, layer) and used.split(".")[0] not in allowed
    ] == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_home_only(library: str) -> None:
    assert [
        (name, used) for name, used in imports() if used.split(".")[0] == library and not lies_in(name, *HOMES[library])
    ] == []


def test_the_command_line_reaches_the_window_only_through_app() -> None:
    assert [(name, used) for name, used in ours() if lies_in(name, "cli", "__main__") and lies_in(used, "gui")] == []


def test_pages_do_not_import_pages() -> None:
    """Each name below `gui.pages` is a page or an area of pages; `page` is what all are made from."""
    pages = "gui.pages."
    wrong = []
    for name, used in ours():
        if name.startswith(pages) and used.startswith(pages):
            own, other = (each.removeprefix(pages).split(".")[0] for each in (name, used))
            if other not in {own, "page"}:
                wrong.append((name, used))
    assert wrong == []


def functions() -> Iterator[tuple[str, Function]]:
    for name, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{name}.{node.name}", node


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters(node: Function) -> int:
    names = [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def test_functions_are_short() -> None:
    assert [(name, length(node)) for name, node in functions() if length(node) > FUNCTION_LINES] == []


def test_functions_take_few_parameters() -> None:
    assert [(name, parameters(node)) for name, node in functions() if parameters(node) > PARAMETERS] == []


def test_modules_are_short() -> None:
    sizes = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in PACKAGE.rglob("*.py")}
    assert {name: size for name, size in sizes.items() if size > MODULE_LINES} == {}


@pytest.mark.skipif(not (PACKAGE / "__main__.py").exists(), reason="there is no command line yet")
def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "crm_desktop", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "crm_desktop" in loaded
    assert loaded & {"PySide6", "shiboken6", "matplotlib", "numpy", "rapidfuzz"} == set()
