#include "paint_shape.h"

#define W PAINT_CELL_WIDTH
#define H PAINT_CELL_HEIGHT
#define MIDDLE_X (W / 2)
#define MIDDLE_Y (H / 2)
#define DOT_RADIUS 2.75

enum { UP, RIGHT, DOWN, LEFT, ARMS };
enum { NONE, LIGHT, HEAVY, DOUBLE };

/* Half a line's thickness by weight. A double line is two light ones with a light gap between. */
static const int half[] = { 0, 1, 2, 3 };

/* Weights of the arms up, right, down, left, from U+2500 on. "": none of that kind. */
static const char arms_of[128][ARMS + 1] = {
	"0101", "0202", "1010", "2020", "",	"",	"",	"", /* U+2500 */
	"",	"",	"",	"",	"0110", "0210", "0120", "0220", /* U+2508 */
	"0011", "0012", "0021", "0022", "1100", "1200", "2100", "2200", /* U+2510 */
	"1001", "1002", "2001", "2002", "1110", "1210", "2110", "1120", /* U+2518 */
	"2120", "2210", "1220", "2220", "1011", "1012", "2011", "1021", /* U+2520 */
	"2021", "2012", "1022", "2022", "0111", "0112", "0211", "0212", /* U+2528 */
	"0121", "0122", "0221", "0222", "1101", "1102", "1201", "1202", /* U+2530 */
	"2101", "2102", "2201", "2202", "1111", "1112", "1211", "1212", /* U+2538 */
	"2111", "1121", "2121", "2112", "2211", "1122", "1221", "2212", /* U+2540 */
	"1222", "2122", "2221", "2222", "",	"",	"",	"", /* U+2548 */
	"0303", "3030", "0310", "0130", "0330", "0013", "0031", "0033", /* U+2550 */
	"1300", "3100", "3300", "1003", "3001", "3003", "1310", "3130", /* U+2558 */
	"3330", "1013", "3031", "3033", "0313", "0131", "0333", "1303", /* U+2560 */
	"3101", "3303", "1313", "3131", "3333", "",	"",	"", /* U+2568 */
	"",	"",	"",	"",	"0001", "1000", "0100", "0010", /* U+2570 */
	"0002", "2000", "0200", "0020", "0201", "1020", "0102", "2010", /* U+2578 */
};

void paint_source(cairo_t *cr, struct paint_rgb rgb)
{
	cairo_set_source_rgb(cr, rgb.red / 255.0, rgb.green / 255.0, rgb.blue / 255.0);
}

static void fill(cairo_t *cr, double x, double y, double w, double h)
{
	cairo_rectangle(cr, x, y, w, h);
	cairo_fill(cr);
}

/* From the middle (or beyond it, by start) to the cell's edge. */
static void fill_arm(cairo_t *cr, int x, int y, int arm, int thick, int start)
{
	int cx = x + MIDDLE_X, cy = y + MIDDLE_Y;

	if (arm == UP)
		fill(cr, cx - thick, y, 2 * thick, MIDDLE_Y + start);
	else if (arm == DOWN)
		fill(cr, cx - thick, cy - start, 2 * thick, H - MIDDLE_Y + start);
	else if (arm == LEFT)
		fill(cr, x, cy - thick, MIDDLE_X + start, 2 * thick);
	else
		fill(cr, cx - start, cy - thick, W - MIDDLE_X + start, 2 * thick);
}

/*
 * How far beyond the middle an arm begins: so as to fill the corner with the lines across it. A
 * single line that meets a double one end on stops at its nearer half; one that turns into it
 * closes both.
 */
static int arm_start(const int weight[ARMS], int arm)
{
	int a = weight[(arm + 1) % ARMS], b = weight[(arm + 3) % ARMS];
	int across = a > b ? a : b;

	if (weight[arm] == DOUBLE || across != DOUBLE)
		return half[across];
	if (weight[(arm + 2) % ARMS] != NONE)
		return 0;
	return a == b ? -half[HEAVY] : half[DOUBLE];
}

static void draw_arms(cairo_t *cr, const char *arms, int x, int y, struct paint_rgb fg,
		      struct paint_rgb bg)
{
	int weight[ARMS];

	for (int i = 0; i < ARMS; i++)
		weight[i] = arms[i] - '0';
	for (int i = 0; i < ARMS; i++) {
		if (weight[i] == DOUBLE)
			fill_arm(cr, x, y, i, half[DOUBLE], arm_start(weight, i));
	}
	paint_source(cr, bg);
	for (int i = 0; i < ARMS; i++) {
		if (weight[i] == DOUBLE)
			fill_arm(cr, x, y, i, half[LIGHT], half[LIGHT]);
	}
	paint_source(cr, fg);
	for (int i = 0; i < ARMS; i++) {
		if (weight[i] == LIGHT || weight[i] == HEAVY)
			fill_arm(cr, x, y, i, half[weight[i]], arm_start(weight, i));
	}
}

/* Of each run of four: light across, heavy across, light down, heavy down. */
static void draw_dashes(cairo_t *cr, int kind, int count, int x, int y)
{
	int thick = half[kind & 1 ? HEAVY : LIGHT];
	bool down = kind & 2;
	double pitch = (double)(down ? H : W) / count;
	double gap = pitch / 3;

	for (int i = 0; i < count; i++) {
		double from = i * pitch + gap / 2;

		if (down)
			fill(cr, x + MIDDLE_X - thick, y + from, 2 * thick, pitch - gap);
		else
			fill(cr, x + from, y + MIDDLE_Y - thick, pitch - gap, 2 * thick);
	}
}

/* A corner's two arms point to right (1) or left (-1) and down (1) or up (-1). */
static void draw_arc(cairo_t *cr, int right, int down, int x, int y)
{
	const double round = 1 - 0.5523; /* a quarter circle as one Bezier curve */
	double cx = x + MIDDLE_X, cy = y + MIDDLE_Y, r = MIDDLE_X;

	cairo_move_to(cr, cx, down > 0 ? y + H : y);
	cairo_line_to(cr, cx, cy + down * r);
	cairo_curve_to(cr, cx, cy + down * r * round, cx + right * r * round, cy, cx + right * r,
		       cy);
	cairo_set_line_width(cr, 2 * half[LIGHT]);
	cairo_stroke(cr);
}

static void draw_diagonals(cairo_t *cr, bool rising, bool falling, int x, int y)
{
	cairo_save(cr);
	cairo_rectangle(cr, x, y, W, H);
	cairo_clip(cr);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
	cairo_set_line_width(cr, 2 * half[LIGHT]);
	if (rising) {
		cairo_move_to(cr, x, y + H);
		cairo_line_to(cr, x + W, y);
	}
	if (falling) {
		cairo_move_to(cr, x, y);
		cairo_line_to(cr, x + W, y + H);
	}
	cairo_stroke(cr);
	cairo_restore(cr);
}

static void draw_box(cairo_t *cr, uint32_t c, int x, int y, struct paint_rgb fg,
		     struct paint_rgb bg)
{
	const char *arms = arms_of[c - 0x2500];

	if (arms[0])
		draw_arms(cr, arms, x, y, fg, bg);
	else if (c >= 0x2504 && c <= 0x250b)
		draw_dashes(cr, (c - 0x2504) & 3, c < 0x2508 ? 3 : 4, x, y);
	else if (c >= 0x254c && c <= 0x254f)
		draw_dashes(cr, (c - 0x254c) & 3, 2, x, y);
	else if (c <= 0x2570)
		draw_arc(cr, c == 0x256d || c == 0x2570 ? 1 : -1, c <= 0x256e ? 1 : -1, x, y);
	else
		draw_diagonals(cr, c != 0x2572, c != 0x2571, x, y);
}

static int eighths(int length, uint32_t n)
{
	return (length * (int)n + 4) / 8; /* whole pixels: an edge inside one would look dim */
}

static void draw_block(cairo_t *cr, uint32_t c, int x, int y, struct paint_rgb fg)
{
	/* U+2596 on. Upper left 1, upper right 2, lower left 4, lower right 8. */
	static const uint8_t quadrants[] = { 4, 8, 1, 13, 9, 7, 11, 2, 6, 14 };

	if (c == 0x2580) {
		fill(cr, x, y, W, MIDDLE_Y);
	} else if (c <= 0x2588) {
		int high = eighths(H, c - 0x2580);

		fill(cr, x, y + H - high, W, high);
	} else if (c <= 0x258f) {
		fill(cr, x, y, eighths(W, 0x2590 - c), H);
	} else if (c == 0x2590) {
		fill(cr, x + MIDDLE_X, y, W - MIDDLE_X, H);
	} else if (c <= 0x2593) {
		cairo_set_source_rgba(cr, fg.red / 255.0, fg.green / 255.0, fg.blue / 255.0,
				      (c - 0x2590) * 0.25);
		fill(cr, x, y, W, H);
	} else if (c == 0x2594) {
		fill(cr, x, y, W, eighths(H, 1));
	} else if (c == 0x2595) {
		fill(cr, x + W - eighths(W, 1), y, eighths(W, 1), H);
	} else {
		for (int i = 0; i < 4; i++) {
			if (quadrants[c - 0x2596] & 1 << i)
				fill(cr, x + (i & 1) * MIDDLE_X, y + (i >> 1) * MIDDLE_Y, MIDDLE_X,
				     MIDDLE_Y);
		}
	}
}

static void draw_braille(cairo_t *cr, uint32_t c, int x, int y)
{
	/* Dots 1 to 8: bit 0 up. Dots 7 and 8 came later, below the six. */
	static const uint8_t col[] = { 0, 0, 0, 1, 1, 1, 0, 1 };
	static const uint8_t row[] = { 0, 1, 2, 0, 1, 2, 3, 3 };

	for (int i = 0; i < 8; i++) {
		if (!(c & 1u << i))
			continue;
		cairo_new_sub_path(cr);
		cairo_arc(cr, x + W * (0.25 + 0.5 * col[i]), y + H * (0.125 + 0.25 * row[i]),
			  DOT_RADIUS, 0, 2 * 3.14159265358979);
	}
	cairo_fill(cr);
}

/* towards: UP, RIGHT, DOWN or LEFT. */
static void draw_triangle(cairo_t *cr, int towards, double size, int x, int y)
{
	static const int dx[] = { 0, 1, 0, -1 }, dy[] = { -1, 0, 1, 0 };
	double cx = x + MIDDLE_X, cy = y + MIDDLE_Y;
	double ax = dx[towards] * size, ay = dy[towards] * size;

	cairo_move_to(cr, cx + ax * 0.9, cy + ay * 0.9);
	cairo_line_to(cr, cx - ax * 0.9 - ay, cy - ay * 0.9 + ax);
	cairo_line_to(cr, cx - ax * 0.9 + ay, cy - ay * 0.9 - ax);
	cairo_close_path(cr);
	cairo_fill(cr);
}

static void draw_return(cairo_t *cr, int x, int y)
{
	cairo_set_line_width(cr, 2 * half[LIGHT]);
	cairo_move_to(cr, x + W - 2, y + 9);
	cairo_line_to(cr, x + W - 2, y + 20);
	cairo_line_to(cr, x + 6, y + 20);
	cairo_stroke(cr);
	cairo_move_to(cr, x + 1, y + 20);
	cairo_line_to(cr, x + 7, y + 15);
	cairo_line_to(cr, x + 7, y + 25);
	cairo_close_path(cr);
	cairo_fill(cr);
}

static void draw_open_box(cairo_t *cr, int x, int y)
{
	fill(cr, x + 1, y + 21, 2, 5);
	fill(cr, x + 1, y + 25, W - 2, 2);
	fill(cr, x + W - 3, y + 21, 2, 5);
}

static bool draw_symbol(cairo_t *cr, uint32_t c, int x, int y)
{
	static const struct {
		uint32_t c;
		int towards;
		double size;
	} triangles[] = {
		{ 0x25b2, UP, 6 },    { 0x25b4, UP, 4 },   { 0x25b6, RIGHT, 6 },
		{ 0x25b8, RIGHT, 4 }, { 0x25bc, DOWN, 6 }, { 0x25be, DOWN, 4 },
		{ 0x25c0, LEFT, 6 },  { 0x25c2, LEFT, 4 },
	};

	for (size_t i = 0; i < sizeof(triangles) / sizeof(triangles[0]); i++) {
		if (triangles[i].c == c) {
			draw_triangle(cr, triangles[i].towards, triangles[i].size, x, y);
			return true;
		}
	}
	if (c == 0x23ce)
		draw_return(cr, x, y);
	else if (c == 0x2423)
		draw_open_box(cr, x, y);
	else
		return false;
	return true;
}

bool paint_shape(cairo_t *cr, uint32_t c, int x, int y, struct paint_rgb fg, struct paint_rgb bg)
{
	paint_source(cr, fg);
	if (c >= 0x2500 && c <= 0x257f)
		draw_box(cr, c, x, y, fg, bg);
	else if (c >= 0x2580 && c <= 0x259f)
		draw_block(cr, c, x, y, fg);
	else if (c >= 0x2800 && c <= 0x28ff)
		draw_braille(cr, c, x, y);
	else
		return draw_symbol(cr, c, x, y);
	return true;
}
