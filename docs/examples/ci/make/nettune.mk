# nettune in a makefile. Copy this file and write at the end of the makefile: include nettune.mk
#   make nettune                            analyses the whole program, and fails on findings
#   make nettune NETTUNE_OPTIONS=--diff     only what is new
NETTUNE ?= nettune
NETTUNE_GOALS ?= all

.PHONY: nettune
nettune: compile_commands.json
	$(NETTUNE) check -p . $(NETTUNE_OPTIONS)

# bear writes down how each file is compiled while all are. Remove the file after you have added sources.
compile_commands.json: $(firstword $(MAKEFILE_LIST))
	bear --output $@ -- $(MAKE) --always-make $(NETTUNE_GOALS)
