"""The command line: the same rules as the window, for scripts, checks and power users.

Exit codes: 0 done, 1 the user or the environment can mend it, 2 wrong usage, 3 a bug of ours.
"""

import gc
import io
import sys
from collections.abc import Sequence

from crm_desktop.cli.parser import parse
from crm_desktop.cli.session import Session
from crm_desktop.errors import CrmError


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, or the window where none is named; answers the exit code."""
    _write_utf_8()
    options = parse(_joined(sys.argv[1:] if argv is None else argv))
    session = Session(options)
    try:
        if options.command is None:
            return session.window()
        gc.enable()
        result = options.run(session, options)
        session.show(result)
        return 0
    except CrmError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads the answer closed it early (`| head`); that is no error, but Python would print one at exit.
        sys.stdout = None
        return 0
    except KeyboardInterrupt:
        print("Stopped. Nothing of this step was saved.", file=sys.stderr)
        return 1
    except Exception as error:
        print(session.report_bug(error), file=sys.stderr)
        return 3
    finally:
        session.close()


def _write_utf_8() -> None:
    """Names of people are of any alphabet, and a pipe of Windows would take those of one only."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _joined(words: Sequence[str]) -> list[str]:
    """A filter may begin with a minus (`--filter "-tags:hot"`), which argparse would take for an option."""
    found: list[str] = []
    for word in words:
        if found and found[-1] == "--filter":
            found[-1] = f"--filter={word}"
        else:
            found.append(word)
    return found
