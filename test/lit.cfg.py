# Configures lit. The site file of a build folder (test/lit.site.cfg.py) gives the paths.
#   lit build/test/checks                      stock clang-tidy with the plugin
#   lit -Drunner=nettune-tidy build-asan/test  the tool that holds the module
import os
import shlex

import lit.formats

config.name = "nettune"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test"]
config.excludes = ["Inputs", "mocks", "models", "unit", "corpus", "perf", "guide", "fuzz", "variants", "fixes", "programs"]
config.test_source_root = config.nettune_source + "/test"
config.test_exec_root = config.nettune_build + "/test"

runner = lit_config.params.get("runner", "plugin")
if runner == "plugin":
    tool, plugin = config.clang_tidy, config.nettune_plugin
elif runner == "nettune-tidy":
    tool, plugin = config.nettune_tidy, ""
else:
    lit_config.fatal(f"runner={runner}: one of plugin, nettune-tidy")
for needed in filter(None, (tool, plugin)):
    if not os.path.exists(needed):
        lit_config.fatal(f"{needed} is not there; run tools/dev/build")
config.available_features |= {runner, "llvm" + config.llvm_major}

tests = config.test_source_root
python = shlex.quote(config.python)
check = [python, f"{tests}/nettune_check.py", f"--clang-tidy={tool}", f"--plugin={plugin}", f"--mocks={tests}/mocks"]
tidy = [tool] + ([f"-load={plugin}"] if plugin else [])
config.substitutions += [
    ("%nettune_check", " ".join(check)),
    # The bare tool with the module: %clang_tidy -checks=... FILE -- FLAGS
    ("%clang_tidy", " ".join(tidy)),
    ("%nettune_gate", config.nettune_build + "/bin/nettune"),
    ("%mocks", f"{tests}/mocks"),
    ("%python", python),
    ("%source_root", config.nettune_source),
]
config.environment["PATH"] = config.llvm_tools + os.pathsep + config.environment.get("PATH", "")
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_SYMBOLIZER_PATH"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
