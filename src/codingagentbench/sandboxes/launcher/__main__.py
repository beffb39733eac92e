"""Starts the launcher without running the package's own ``__init__`` files (they import a lot)."""

import os
import sys
from types import ModuleType


def _bare_packages() -> None:
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for name, path in (
        ("codingagentbench", os.path.dirname(folder)),
        ("codingagentbench.sandboxes", folder),
    ):
        package = ModuleType(name)
        package.__path__ = [path]
        sys.modules[name] = package


if __name__ == "__main__":
    _bare_packages()
    if sys.argv[1:]:
        from codingagentbench.sandboxes.launcher.inside import main as main_inside

        main_inside(sys.argv[1])
    else:
        from codingagentbench.sandboxes.launcher.serving import main

        main()
