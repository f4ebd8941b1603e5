#include "ui/pane_choice.h"

const char *const pane_names[PANE_TOP] = {
	[PANE_CPU] = "cpu",
	[PANE_MEMORY] = "memory",
	[PANE_PRESSURE] = "pressure",
	[PANE_FAULTS] = "faults",
};

struct pane_choice pane_choice_full(const struct pane_choice *choice)
{
	struct pane_choice full = *choice;

	if (full.chosen)
		return full;
	full.chosen = true;
	for (uint8_t id = 0; id < PANE_TOP; id++)
		full.upper[full.upper_count++] = id;
	for (uint8_t kind = 0; kind < TOP_KINDS; kind++)
		full.table[full.table_count++] = kind;
	return full;
}

bool pane_choice_has(const struct pane_choice *choice, enum pane_id id)
{
	if (!choice->chosen)
		return true;
	for (int i = 0; i < choice->upper_count; i++)
		if (choice->upper[i] == id)
			return true;
	for (int i = 0; i < choice->table_count; i++)
		if (PANE_TOP + choice->table[i] == (int)id)
			return true;
	return false;
}

void pane_choice_order(const struct pane_choice *choice, uint8_t order[PANE_COUNT])
{
	const struct pane_choice full = pane_choice_full(choice);
	int count = 0;

	for (int i = 0; i < full.upper_count; i++)
		order[count++] = full.upper[i];
	for (int i = 0; i < full.table_count; i++)
		order[count++] = (uint8_t)(PANE_TOP + full.table[i]);
	for (uint8_t id = 0; id < PANE_COUNT; id++)
		if (!pane_choice_has(&full, (enum pane_id)id))
			order[count++] = id;
}
