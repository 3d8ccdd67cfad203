"""Run every benchmark, or those named: `python -m benchmarks [NAME …] [--quick]`.

A benchmark is a module of this folder with `main(argv) -> int` and a first docstring line that says what it measures.
"""

import ast
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def available() -> dict[str, str]:
    """Name → first line of the docstring, for every module with a `main`."""
    found = {}
    for path in sorted(HERE.glob("[a-z]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def main(argv: list[str]) -> int:
    """Run in order of name; the worst exit code wins."""
    names = [word for word in argv if not word.startswith("-")]
    options = [word for word in argv if word.startswith("-")]
    known = available()
    unknown = [name for name in names if name not in known]
    if unknown or "--list" in options:
        print("\n".join(f"{name:<16}{line}" for name, line in known.items()))
        return 2 if unknown else 0
    code = 0
    for name in names or known:
        print(f"\n== {name}: {known[name]}", flush=True)
        code = max(code, importlib.import_module(f"benchmarks.{name}").main(options))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
