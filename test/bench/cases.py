"""Runs the functions test_* of a script, all or those named, and prints the count."""


def run_cases(names, chosen):
    """0 if each passed. names: the script's globals."""
    tests = {name: call for name, call in names.items() if name.startswith("test_")}
    chosen, failed = chosen or list(tests), 0
    for name in chosen:
        try:
            tests[name]()
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}")
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0
