# nettune in a CMake project. Copy this file and write, after project() and before the targets: include(Nettune.cmake)
#   cmake --build BUILD --target nettune       analyses the whole program, and fails on findings
#   cmake -B BUILD -DNETTUNE_WITH_BUILD=ON     analyses each file as it is compiled, and fails the build
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
option(NETTUNE_WITH_BUILD "Run nettune on each file that is compiled" OFF)
set(NETTUNE_OPTIONS "" CACHE STRING "Options of 'nettune check', for instance --diff")

find_program(NETTUNE nettune)
if(NETTUNE_WITH_BUILD AND NOT NETTUNE)
  message(FATAL_ERROR "NETTUNE_WITH_BUILD is on, and nettune is not installed")
elseif(NOT NETTUNE)
  message(STATUS "nettune is not installed: there will be no target 'nettune'")
  return()
endif()

if(NETTUNE_WITH_BUILD)
  set(CMAKE_CXX_CLANG_TIDY ${NETTUNE} tidy "-checks=-*,nettune-*" "--warnings-as-errors=nettune-*" --quiet)
endif()
# If sources or headers are generated: add_dependencies(nettune WHAT_GENERATES_THEM).
add_custom_target(nettune COMMAND ${NETTUNE} check -p ${CMAKE_BINARY_DIR} ${NETTUNE_OPTIONS}
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} COMMAND_EXPAND_LISTS USES_TERMINAL VERBATIM)
