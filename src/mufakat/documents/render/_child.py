"""Child process that runs typst and nothing else; `typesetting.py` starts it with a path and a request on stdin.

The request: one line of JSON, then the files of the document one after another in the order and sizes it names.
The answer on stdout: one line of JSON ({"pdf": size, "warnings": [...]} or {"error": ...}), then the PDF.
"""

from __future__ import annotations

import json
import sys


def limit_memory(size: int) -> None:
    """Cap the address space where the system knows how (not on Windows, not always on macOS)."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, OSError, ValueError):
        return


def read_files(sizes: dict[str, int]) -> dict[str, bytes]:
    """The document's files, which follow the first line in this order."""
    return {name: sys.stdin.buffer.read(size) for name, size in sizes.items()}


def answer(head: dict[str, object], pdf: bytes = b"") -> None:
    """One line about the outcome, then the document."""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + pdf)
    sys.stdout.buffer.flush()


def main() -> None:
    """Compile one document."""
    request = json.loads(sys.stdin.buffer.readline())
    files = read_files(request["files"])
    limit_memory(request["memory"])
    sys.path.insert(0, request["packages"])
    import typst

    try:
        pdf, warnings = typst.compile_with_warnings(
            files,
            font_paths=[request["fonts"]],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=request["standards"],
            timestamp=request["timestamp"],
        )
    except typst.TypstError as error:
        answer({"error": f"{error.message} {' '.join(map(str, error.trace))}".strip(), "warnings": []})
    else:
        answer({"pdf": len(pdf), "warnings": [warning.message for warning in warnings]}, pdf)


if __name__ == "__main__":
    main()
