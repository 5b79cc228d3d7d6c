/* A night that is analysed while it is recorded. Reads records from standard input, one a line (seconds, SpO2, pulse, motion; 0 is no
 * reading, motion -1 is none), prints each event when it is known, and all numbers at the end.
 *
 * cc -I include examples/live.c -L ../target/debug -loxicore_c && ./a.out < records */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "oxicore.h"

/* No allocator: the night lies where the program puts it. Halves of up to 24 hours. */
static oxicore_live night;
static uint8_t halves[16203];

static int check(const char *what, oxicore_error error)
{
    if (error != OXICORE_ERROR_OK) {
        fprintf(stderr, "%s: %s\n", what, oxicore_error_words(error));
        exit(1);
    }
    return 0;
}

static void found(void *context, uint8_t threshold_pct, const oxicore_event *event)
{
    unsigned *events = context;
    *events += 1;
    printf("event %u %" PRIu32 " %" PRIu32 " %" PRIu32 " %u %u %" PRIu32 " %u %d\n", threshold_pct, event->onset_s,
           event->nadir_s, event->end_s, event->peak_pct, event->nadir_pct, event->area_pct_s, event->outcome,
           event->pulse_rise_is_known ? event->pulse_rise : -1);
}

/* Names are the places of the number in the JSON of the other bindings. */
static void number(const char *name, double value)
{
    printf("%s %.17g\n", name, value);
}

static void optional(const char *name, oxicore_number value)
{
    if (value.is_known)
        number(name, value.value);
    else
        printf("%s null\n", name);
}

static void print_odi(const char *name, const oxicore_odi *odi)
{
    char path[64];
#define PRINT(field) (snprintf(path, sizeof path, "/aasm/%s/%s", name, field), path)
    number(PRINT("count"), odi->count);
    number(PRINT("sustained"), odi->sustained);
    number(PRINT("truncated"), odi->truncated);
    number(PRINT("included"), odi->included);
    number(PRINT("below_range_events/all"), odi->below_range_all);
    number(PRINT("below_range_events/counted"), odi->below_range_counted);
    optional(PRINT("per_h"), odi->per_h);
    optional(PRINT("per_h_of_recording"), odi->per_h_of_recording);
#undef PRINT
}

static void print_parts(const char *name, const oxicore_part *parts, unsigned count)
{
    char path[64];
#define PRINT(field) (snprintf(path, sizeof path, "/%s/%u/%s", name, at, field), path)
    for (unsigned at = 0; at < count; at++) {
        number(PRINT("valid_s"), parts[at].valid_s);
        number(PRINT("odi3_count"), parts[at].odi3_count);
        number(PRINT("odi4_count"), parts[at].odi4_count);
        optional(PRINT("odi3_per_h"), parts[at].odi3_per_h);
        optional(PRINT("odi4_per_h"), parts[at].odi4_per_h);
    }
#undef PRINT
}

static void print_spo2(const oxicore_spo2 *spo2)
{
    char path[64];
    number("/spo2/n", spo2->n);
    number("/spo2/mean_pct", spo2->mean_pct);
    optional("/spo2/sd_pct", spo2->sd_pct);
    number("/spo2/mode_pct", spo2->mode_pct);
    number("/spo2/p1_pct", spo2->p1_pct);
    number("/spo2/p5_pct", spo2->p5_pct);
    number("/spo2/p10_pct", spo2->p10_pct);
    number("/spo2/p25_pct", spo2->p25_pct);
    number("/spo2/median_pct", spo2->median_pct);
    number("/spo2/p75_pct", spo2->p75_pct);
    number("/spo2/p90_pct", spo2->p90_pct);
    number("/spo2/p95_pct", spo2->p95_pct);
    number("/spo2/min_pct", spo2->min_pct);
    number("/spo2/max_pct", spo2->max_pct);
    optional("/spo2/nadir_10s_pct", spo2->nadir_10s_pct);
    number("/spo2/below_90_s", spo2->below_90_s);
    number("/spo2/below_90_pct", spo2->below_90_pct);
    number("/spo2/below_88_s", spo2->below_88_s);
    number("/spo2/below_88_pct", spo2->below_88_pct);
    number("/spo2/below_90_pct_with_below_range", spo2->below_90_pct_with_below_range);
    number("/spo2/below_88_pct_with_below_range", spo2->below_88_pct_with_below_range);
    number("/spo2/longest_below_90_s", spo2->longest_below_90_s);
    number("/spo2/longest_below_88_s", spo2->longest_below_88_s);
    number("/spo2/area_below_90_pctmin_h", spo2->area_below_90_pctmin_h);
#define PRINT(field) (snprintf(path, sizeof path, "/spo2/time_below/%u/%s", at, field), path)
    for (unsigned at = 0; at < OXICORE_LEVELS; at++) {
        number(PRINT("level_pct"), spo2->time_below[at].level_pct);
        number(PRINT("below_s"), spo2->time_below[at].below_s);
        number(PRINT("below_pct"), spo2->time_below[at].below_pct);
        number(PRINT("at_or_below_s"), spo2->time_below[at].at_or_below_s);
        number(PRINT("at_or_below_pct"), spo2->time_below[at].at_or_below_pct);
    }
#undef PRINT
}

static void print_pulse(const oxicore_pulse *pulse)
{
    number("/pulse/n", pulse->n);
    number("/pulse/mean_bpm", pulse->mean_bpm);
    optional("/pulse/sd_bpm", pulse->sd_bpm);
    number("/pulse/p5_bpm", pulse->p5_bpm);
    number("/pulse/median_bpm", pulse->median_bpm);
    number("/pulse/p95_bpm", pulse->p95_bpm);
    number("/pulse/min_bpm", pulse->min_bpm);
    number("/pulse/max_bpm", pulse->max_bpm);
    number("/pulse/bradycardia_s", pulse->bradycardia_s);
    number("/pulse/tachycardia_s", pulse->tachycardia_s);
    number("/pulse/rises6", pulse->rises6);
    optional("/pulse/rises6_per_h", pulse->rises6_per_h);
    number("/pulse/n_doubled", pulse->n_doubled);
}

static void print_quality(const oxicore_quality *quality)
{
    number("/quality/analysed", quality->analysed);
    number("/quality/missing_spo2", quality->missing_spo2);
    number("/quality/missing_spo2_with_pulse", quality->missing_spo2_with_pulse);
    number("/quality/below_range_readings", quality->below_range_readings);
    number("/quality/spo2_out_of_range", quality->spo2_out_of_range);
    number("/quality/spo2_coupled", quality->spo2_coupled);
    number("/quality/spo2_motion", quality->spo2_motion);
    number("/quality/spo2_slope", quality->spo2_slope);
    number("/quality/trimmed", quality->trimmed);
    number("/quality/valid_s", quality->valid_s);
    number("/quality/valid_pct", quality->valid_pct);
    number("/quality/longest_gap_s", quality->longest_gap_s);
}

static void print_burden(const char *name, const oxicore_burden *burden)
{
    char path[64];
#define PRINT(field) (snprintf(path, sizeof path, "/%s/%s", name, field), path)
    if (!burden->is_known) {
        printf("/%s null\n", name);
        return;
    }
    number(PRINT("area_pct_s"), burden->area_pct_s);
    number(PRINT("hypoxic_burden_pctmin_h"), burden->hypoxic_burden_pctmin_h);
    number(PRINT("desaturation_severity_pct"), burden->desaturation_severity_pct);
#undef PRINT
}

static void print_viatom(const oxicore_viatom *viatom)
{
    number("/viatom/baseline_pct", viatom->baseline_pct);
    number("/viatom/drops3", viatom->drops3);
    number("/viatom/drops4", viatom->drops4);
    number("/viatom/dips_below_90", viatom->dips_below_90);
    number("/viatom/duration_s", viatom->duration_s);
    optional("/viatom/drops3_per_h", viatom->drops3_per_h);
    optional("/viatom/drops4_per_h", viatom->drops4_per_h);
}

static void print_summary(const oxicore_summary *summary)
{
    number("/algorithm_revision", summary->algorithm_revision);
    number("/recording/interval_s", summary->interval_s);
    number("/recording/records", summary->records);
    number("/recording/recording_s", summary->recording_s);
    print_quality(&summary->quality);
    if (summary->spo2.is_known)
        print_spo2(&summary->spo2);
    else
        printf("/spo2 null\n");
    if (summary->pulse.is_known)
        print_pulse(&summary->pulse);
    else
        printf("/pulse null\n");
    print_odi("odi3", &summary->odi3);
    print_odi("odi4", &summary->odi4);
    number("/aasm/odi4_nested/count", summary->odi4_nested_count);
    optional("/aasm/odi4_nested/per_h", summary->odi4_nested_per_h);
    print_burden("burden3", &summary->burden3);
    print_burden("burden4", &summary->burden4);
    optional("/delta_index_pct", summary->delta_index_pct);
    number("/coupled3", summary->coupled3);
    print_parts("hours", summary->hours, summary->hours_count);
    if (summary->halves_are_known)
        print_parts("halves", summary->halves, 2);
    else
        printf("/halves null\n");
    if (summary->viatom.is_known)
        print_viatom(&summary->viatom);
    else
        printf("/viatom null\n");
    number("/notices/countdown_records", summary->countdown_records);
}

/* live INTERVAL BELOW_RANGE */
int main(int count, char **words)
{
    unsigned at_s, spo2_pct, pulse_bpm, events = 0;
    int motion;
    oxicore_settings settings;
    oxicore_summary summary;

    oxicore_settings_default(&settings);
    if (count > 2)
        settings.below_range = (uint8_t)atoi(words[2]);
    check("begin", oxicore_live_begin(&night, sizeof night, count > 1 ? (uint32_t)atoi(words[1]) : 4, &settings, halves,
                                      sizeof halves));
    while (scanf("%u %u %u %d", &at_s, &spo2_pct, &pulse_bpm, &motion) == 4) {
        oxicore_record record = {at_s, (uint16_t)pulse_bpm, (int16_t)motion, (uint8_t)spo2_pct};
        oxicore_error error = oxicore_live_push(&night, &record, found, &events);
        if (error == OXICORE_ERROR_JUMP) { /* whoever knows why says how long nothing came */
            uint32_t due_s;
            check("due", oxicore_live_due(&night, &due_s));
            check("skip", oxicore_live_skip(&night, at_s - due_s));
            error = oxicore_live_push(&night, &record, found, &events);
        }
        check("push", error);
    }
    check("finish", oxicore_live_finish(&night, found, &events, &summary));
    printf("events %u\n", events);
    print_summary(&summary);
    return 0;
}
