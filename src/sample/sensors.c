#include "sample/sensors.h"

void sensors_read(struct sensors_reader *reader, int sysfd, struct sensors *sensors)
{
	if (!reader->ready) {
		thermal_reader_init(&reader->thermal, sysfd);
		cpufreq_reader_init(&reader->cpufreq, sysfd);
		reader->ready = true;
	}
	sensors->cpu_milli_c = thermal_reader_read(&reader->thermal, sysfd);
	sensors->cpu_khz = cpufreq_reader_read(&reader->cpufreq, sysfd);
	sensors->cpu_max_khz = reader->cpufreq.max_khz;
}

void sensors_reader_release(struct sensors_reader *reader)
{
	thermal_reader_release(&reader->thermal);
	cpufreq_reader_release(&reader->cpufreq);
	reader->ready = false;
}
