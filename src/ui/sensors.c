#include "ui/sensors.h"

#include <math.h>

#include "ui/figure.h"

static const struct figure sensors[] = {
	{ .label = "",
	  .metric = M_SENSORS_CPU_CELSIUS,
	  .format = FIGURE_COUNT,
	  .width = 3,
	  .unit = "C",
	  .optional = true },
	{ .label = "",
	  .metric = M_SENSORS_CPU_HZ,
	  .format = FIGURE_COUNT,
	  .width = 4,
	  .unit = "Hz",
	  .optional = true },
};

#define GAP 2
#define COLUMNS 11 /* "62C 3.4GHz" */
#define FROM 34 /* columns of the pane, of which the CPUs need the rest */

int sensors_columns(const struct model *model, int columns)
{
	bool known = !isnan(model->value[M_SENSORS_CPU_CELSIUS]) ||
		     !isnan(model->value[M_SENSORS_CPU_HZ]);

	return known && columns >= FROM ? GAP + COLUMNS : 0;
}

void sensors_draw(struct canvas *canvas, struct rect area, const struct model *model)
{
	area.column += GAP;
	area.columns -= GAP;
	if (area.columns > 0)
		figure_flow(canvas, area, model, sensors, sizeof(sensors) / sizeof(sensors[0]), 1);
}
