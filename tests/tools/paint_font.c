#include "paint_font.h"

#include <stdio.h>
#include <string.h>

#define MONO "JetBrains Mono"
#define CJK "WenQuanYi Micro Hei"
#define MONO_SIZE (PAINT_CELL_WIDTH / 0.6) /* an em in pixels: an advance is 0.6 of it */
#define CJK_SIZE (PAINT_CELL_WIDTH * 1.8) /* two cells less some air: glyphs fill their em */

static const struct {
	const char *family;
	PangoWeight weight;
	PangoStyle style;
	double size;
} faces[PAINT_FACES] = {
	[PAINT_REGULAR] = { MONO, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, MONO_SIZE },
	[PAINT_BOLD] = { MONO, PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL, MONO_SIZE },
	[PAINT_ITALIC] = { MONO, PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC, MONO_SIZE },
	[PAINT_BOLD_ITALIC] = { MONO, PANGO_WEIGHT_BOLD, PANGO_STYLE_ITALIC, MONO_SIZE },
	[PAINT_CJK] = { CJK, PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL, CJK_SIZE },
};

/* Pango gives the nearest font there is, so what it gave has to be looked at. */
static int load_face(struct paint_fonts *fonts, PangoContext *context, enum paint_face face)
{
	PangoFontDescription *wanted = pango_font_description_new(), *got;
	int error;

	pango_font_description_set_family_static(wanted, faces[face].family);
	pango_font_description_set_weight(wanted, faces[face].weight);
	pango_font_description_set_style(wanted, faces[face].style);
	pango_font_description_set_absolute_size(wanted, faces[face].size * PANGO_SCALE);
	fonts->wanted[face] = wanted;
	fonts->font[face] = pango_context_load_font(context, wanted);
	if (!fonts->font[face])
		return -1;
	got = pango_font_describe(fonts->font[face]);
	error = strcmp(pango_font_description_get_family(got), faces[face].family) != 0 ||
		pango_font_description_get_weight(got) != faces[face].weight;
	pango_font_description_free(got);
	return error ? -1 : 0;
}

static PangoContext *open_context(void)
{
	PangoFontMap *map = pango_cairo_font_map_new();
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();

	/* Set here, so that the user's own font settings do not change the picture. */
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 96);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string("en"));
	cairo_font_options_destroy(options);
	g_object_unref(map);
	return context;
}

int paint_fonts_open(struct paint_fonts *fonts, char *error, size_t size)
{
	PangoContext *context = open_context();
	PangoFontMetrics *metrics;
	double ascent, descent;
	int face;

	*fonts = (struct paint_fonts){ 0 };
	for (face = 0; face < PAINT_FACES; face++) {
		if (load_face(fonts, context, (enum paint_face)face) < 0)
			break;
	}
	if (face < PAINT_FACES) {
		snprintf(error, size, "the font %s (weight %d) is not installed",
			 faces[face].family, (int)faces[face].weight);
		g_object_unref(context);
		return -1;
	}
	fonts->layout = pango_layout_new(context);
	g_object_unref(context);
	fonts->plain = pango_attr_list_new();
	pango_attr_list_insert(fonts->plain, pango_attr_fallback_new(FALSE));
	pango_attr_list_insert(fonts->plain, pango_attr_font_features_new("calt=0, liga=0"));
	pango_layout_set_attributes(fonts->layout, fonts->plain);
	metrics = pango_font_get_metrics(fonts->font[PAINT_REGULAR], NULL);
	ascent = pango_units_to_double(pango_font_metrics_get_ascent(metrics));
	descent = pango_units_to_double(pango_font_metrics_get_descent(metrics));
	fonts->baseline = (int)((PAINT_CELL_HEIGHT + ascent - descent) / 2 + 0.5);
	pango_font_metrics_unref(metrics);
	return 0;
}

void paint_fonts_close(struct paint_fonts *fonts)
{
	for (int i = 0; i < PAINT_FACES; i++) {
		if (fonts->font[i])
			g_object_unref(fonts->font[i]);
		if (fonts->wanted[i])
			pango_font_description_free(fonts->wanted[i]);
	}
	if (fonts->layout)
		g_object_unref(fonts->layout);
	if (fonts->plain)
		pango_attr_list_unref(fonts->plain);
}

static uint32_t first_missing(PangoFont *font, const uint32_t *chars)
{
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && chars[i]; i++) {
		if (!pango_font_has_char(font, chars[i]))
			return chars[i];
	}
	return 0;
}

static void set_text(struct paint_fonts *fonts, enum paint_face face, const char *text)
{
	pango_layout_set_font_description(fonts->layout, fonts->wanted[face]);
	pango_layout_set_text(fonts->layout, text, -1);
}

static double text_width(struct paint_fonts *fonts)
{
	int width;

	pango_layout_get_size(fonts->layout, &width, NULL);
	return pango_units_to_double(width);
}

static void show_text(struct paint_fonts *fonts, cairo_t *cr, double x, double y)
{
	cairo_move_to(cr, x, y);
	pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(fonts->layout, 0));
}

/* No font of the two has it bold: two narrow marks in one cell. */
static void show_double_mark(struct paint_fonts *fonts, cairo_t *cr, enum paint_face face, int x,
			     int y)
{
	set_text(fonts, face, "!");
	show_text(fonts, cr, x - PAINT_CELL_WIDTH * 0.22, y + fonts->baseline);
	show_text(fonts, cr, x + PAINT_CELL_WIDTH * 0.22, y + fonts->baseline);
}

uint32_t paint_glyph(struct paint_fonts *fonts, cairo_t *cr, const struct term_cell *cell, int x,
		     int y)
{
	enum paint_face face = cell->bold     ? cell->italic ? PAINT_BOLD_ITALIC : PAINT_BOLD
			       : cell->italic ? PAINT_ITALIC
					      : PAINT_REGULAR;
	double room = cell->width * PAINT_CELL_WIDTH, width, scale = 1;

	if (cell->chars[0] == 0x203c && !cell->chars[1]) {
		show_double_mark(fonts, cr, face, x, y);
		return 0;
	}
	if (!first_missing(fonts->font[face], cell->chars)) {
		set_text(fonts, face, cell->text);
		show_text(fonts, cr, x, y + fonts->baseline);
		return 0;
	}
	if (first_missing(fonts->font[PAINT_CJK], cell->chars))
		return first_missing(fonts->font[PAINT_CJK], cell->chars);
	set_text(fonts, PAINT_CJK, cell->text);
	width = text_width(fonts);
	if (width > room)
		scale = room / width;
	cairo_save(cr);
	cairo_translate(cr, x + (room - width * scale) / 2, y + fonts->baseline);
	cairo_scale(cr, scale, scale);
	show_text(fonts, cr, 0, 0);
	cairo_restore(cr);
	return 0;
}

uint32_t paint_line(struct paint_fonts *fonts, cairo_t *cr, const char *text, int left, int right,
		    int y)
{
	double width;

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char_validated(p, -1);

		if (c == (gunichar)-1 || c == (gunichar)-2)
			return 0xfffd;
		if (!pango_font_has_char(fonts->font[PAINT_REGULAR], c))
			return c;
	}
	set_text(fonts, PAINT_REGULAR, text);
	pango_layout_set_ellipsize(fonts->layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_width(fonts->layout, (right - left) * PANGO_SCALE);
	width = text_width(fonts);
	show_text(fonts, cr, left + (int)((right - left - width) / 2), y + fonts->baseline);
	pango_layout_set_ellipsize(fonts->layout, PANGO_ELLIPSIZE_NONE);
	pango_layout_set_width(fonts->layout, -1);
	return 0;
}
