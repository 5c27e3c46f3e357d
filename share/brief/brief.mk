# Rules for GNU make (4.2 or later): each Markdown file gets its PDF and its EPUB, which one run makes, and its variants.
#
#     include brief.mk
#
# `make brief` makes what BRIEF_FORMATS names, `make report-print.pdf` one file, `make brief-clean` removes them. A file is made again when its
# source has changed, or an image, sheet or face that was read for it, the flags or the program; and what is made again but is the same keeps its
# time, so that nothing which depends on it is. To be set before the include:

BRIEF ?= brief
BRIEFFLAGS ?=
BRIEF_SOURCES ?= $(wildcard *.md)
# Of: pdf epub large-print print.
BRIEF_FORMATS ?= pdf epub
# The folder for what is made, which gets the sources' folders; empty: beside the sources.
BRIEF_OUT ?=
# And the one for what make has to know.
BRIEF_STATE ?= .brief
BRIEF_LARGE_PRINT ?= --large-print
BRIEF_PRINT ?= --print

# One document's flags are those of its files: `report.pdf report.epub: BRIEFFLAGS += --final`. Make parts names at spaces, so a source cannot have
# any in its own; images and sheets can.

.PHONY: brief brief-clean brief-again
brief:

brief_option_pdf := --pdf
brief_option_epub := --epub
brief_option_large-print := $(BRIEF_LARGE_PRINT)
brief_option_print := $(BRIEF_PRINT)
brief_ending_pdf := .pdf
brief_ending_epub := .epub
brief_ending_large-print := -large-print.pdf
brief_ending_print := -print.pdf

# The forms that a run makes are joined by "+".
brief_runs := $(if $(and $(filter pdf,$(BRIEF_FORMATS)),$(filter epub,$(BRIEF_FORMATS))),pdf+epub,pdf epub) large-print print
brief_forms = $(subst +, ,$(1))
# $(call …,SOURCE,FORMS) and $(call …,SOURCE,RUN)
brief_outputs = $(foreach form,$(2),$(if $(BRIEF_OUT),$(BRIEF_OUT:/=)/)$(basename $(1))$(brief_ending_$(form)))
brief_state = $(BRIEF_STATE)/$(1).$(2)

# Where several jobs run at once, each has one core.
brief_cores = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),-j1)
brief_program := $(if $(findstring /,$(BRIEF)),$(firstword $(BRIEF)),$(shell command -v $(firstword $(BRIEF))))

brief_flags := $(BRIEF_STATE)/flags
brief_said := $(BRIEF_OUT), $(BRIEF_LARGE_PRINT), $(BRIEF_PRINT), $(BRIEFFLAGS)
ifneq ($(file <$(brief_flags)),$(brief_said))
$(shell mkdir -p $(BRIEF_STATE))
$(file >$(brief_flags),$(brief_said))
endif

# $(call brief_rule,SOURCE,RUN,OUTPUTS). What make looks at is when the run was, for files that came out the same are older; the recipe of the
# files does nothing, but without it make would take them for new.
define brief_rule
$(3): $(call brief_state,$(1),$(2)).made ;
$(call brief_state,$(1),$(2)).made: $(1) $(brief_program) $(brief_flags) $(if $(filter-out $(wildcard $(3)),$(3)),brief-again)
	@$$(BRIEF) make --if-changed $$(brief_cores) $$(BRIEFFLAGS) $(foreach form,$(call brief_forms,$(2)),$(brief_option_$(form))) \
		$(if $(BRIEF_OUT),--out-dir $(patsubst %/,%,$(dir $(firstword $(3))))) \
		--depfile $(call brief_state,$(1),$(2)).d --depfile-target $$@ -- $$<
	@touch $$@
endef

$(foreach source,$(BRIEF_SOURCES),$(foreach run,$(brief_runs),\
	$(eval $(call brief_rule,$(source),$(run),$(call brief_outputs,$(source),$(call brief_forms,$(run)))))))

brief: $(foreach source,$(BRIEF_SOURCES),$(call brief_outputs,$(source),$(BRIEF_FORMATS)))

brief-clean:
	rm -rf $(BRIEF_STATE)
	rm -f $(foreach source,$(BRIEF_SOURCES),$(call brief_outputs,$(source),pdf epub large-print print))

brief_depfiles := $(wildcard $(foreach source,$(BRIEF_SOURCES),$(foreach run,$(brief_runs),$(call brief_state,$(source),$(run)).d)))
-include $(brief_depfiles)
# Or make would look for a way to make them.
$(brief_depfiles): ;
