// Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

/**
 * The environment that tells nettune and nettune-clangd what the settings say; it wins over .clang-tidy. What is
 * not set ("" and 0) is left to .clang-tidy.
 */
export function checkOptions(workload: string, targetCores: number): Record<string, string> {
  const options: string[] = [];
  if (workload !== "") options.push(`nettune.Workload=${workload}`);
  if (targetCores > 0) options.push(`nettune.TargetCores=${targetCores}`);
  return options.length === 0 ? {} : { NETTUNE_CHECK_OPTIONS: options.join(";") };
}
