/* oxicore: a night of oximetry analysed while it is recorded. Not a diagnosis: numbers for a clinician to judge.
 *
 * Made by cbindgen from the crate oxicore-c (OXI_BLESS=1 cargo test --package oxicore-c). What each number means: docs/ALGORITHMS.md.
 * No allocator and no state of its own: the caller gives the storage. A night is used by one thread at a time. */

#ifndef OXICORE_H
#define OXICORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Words of eight bytes that a night takes, on the machine where it takes most.
#define OXICORE_LIVE_WORDS 753

// Nothing is counted below the range: of records nobody knows whose they are.
#define OXICORE_BELOW_RANGE_AUTO 0

// For rings of Viatom, Wellue and Lepu: missing SpO2 below their range is no missing time to the events.
#define OXICORE_BELOW_RANGE_BRIDGE 1

// It is counted, and missing time like any other.
#define OXICORE_BELOW_RANGE_GAP 2

// An event ends near its peak, or up from the nadir by the threshold.
#define OXICORE_RECOVERY_TAHA 0

// An event ends near its peak.
#define OXICORE_RECOVERY_PEAK 1

// An event ends up by two thirds of the fall.
#define OXICORE_RECOVERY_FRACTION 2

// Levels of `time_below`.
#define OXICORE_LEVELS 8

// Hours of a night that are told apart.
#define OXICORE_HOURS 24

// The motion of a record of a device that has none.
#define OXICORE_NO_MOTION -1

// The event ended with resaturation.
#define OXICORE_OUTCOME_COMPLETE 0

// No resaturation within the longest duration.
#define OXICORE_OUTCOME_SUSTAINED 1

// The signal was lost for longer than the gap limit.
#define OXICORE_OUTCOME_GAP 2

// The recording ended, or ends here.
#define OXICORE_OUTCOME_END 3

// Why a call did nothing. What was recorded before stays as it was.
typedef enum oxicore_error {
    // No error.
    OXICORE_ERROR_OK = 0,
    // A pointer that must not be null is.
    OXICORE_ERROR_NULL_POINTER = 1,
    // The size of the storage is not that of this library: header and library are of different versions.
    OXICORE_ERROR_SIZE = 2,
    // The storage is not aligned to eight bytes.
    OXICORE_ERROR_ALIGNMENT = 3,
    // The night has not begun, or is finished.
    OXICORE_ERROR_NOT_BEGUN = 4,
    // The interval is zero or above 900 s; it may have been given in milliseconds.
    OXICORE_ERROR_INTERVAL = 5,
    // A setting has a value that it cannot have.
    OXICORE_ERROR_SETTING = 6,
    // The threshold is not 3 or 4 %.
    OXICORE_ERROR_THRESHOLD = 7,
    // The time of the record is not after the one before; that of the first must be zero.
    OXICORE_ERROR_TIME = 8,
    // More than 10 s are missing before the record: announce them with `oxicore_live_skip`, or push the missing records.
    OXICORE_ERROR_JUMP = 9,
    // The record follows the one before after less than a tenth of the interval.
    OXICORE_ERROR_STEP = 10,
    // The night would be longer than a year.
    OXICORE_ERROR_TOO_LONG = 11,
    // There is no record yet.
    OXICORE_ERROR_NO_RECORD = 12,
    // There is no open event.
    OXICORE_ERROR_NO_EVENT = 13,
    // What this version of the library has no code for.
    OXICORE_ERROR_OTHER = 14,
} oxicore_error;

// Storage of a night that is being recorded: static, or anywhere else, all zero before the first `oxicore_live_begin`. What it
// holds is this library's own.
typedef struct oxicore_live {
    // Not to be touched.
    uint64_t storage[OXICORE_LIVE_WORDS];
} oxicore_live;

// What the analysis is to do; `oxicore_settings_default` gives the definition of every printed number. Anything else has to be
// named with the result. Yes is 1, no is 0.
typedef struct oxicore_settings {
    // How far back the peak is looked for, seconds; 120.
    uint32_t look_back_s;
    // Shortest event, seconds; 10.
    uint32_t min_duration_s;
    // Longest time to resaturation, seconds; 180.
    uint32_t max_duration_s;
    // Longest missing time that is bridged, seconds; 10.
    uint32_t max_gap_s;
    // Time left out at the start, seconds; 0. The end is left out by recordings alone.
    uint32_t trim_start_s;
    // Lowest plausible pulse, beats per minute; 25.
    uint16_t pulse_min_bpm;
    // Highest plausible pulse; 250.
    uint16_t pulse_max_bpm;
    // Below this is bradycardia, beats per minute; 50.
    uint16_t bradycardia_bpm;
    // Above this is tachycardia, beats per minute; 120.
    uint16_t tachycardia_bpm;
    // SpO2 counts only up to this motion; `OXICORE_NO_MOTION`, the default, for no such rule.
    int16_t max_motion;
    // Lowest plausible SpO2, percent; 50.
    uint8_t spo2_min_pct;
    // Highest plausible SpO2, percent; 100.
    uint8_t spo2_max_pct;
    // How close to the peak the signal must come back, and the onset lies, percent; 1.
    uint8_t near_pct;
    // `OXICORE_RECOVERY_...`; what ends an event.
    uint8_t recovery;
    // `OXICORE_BELOW_RANGE_...`; what becomes of SpO2 below the range of this maker's rings.
    uint8_t below_range;
    // Detect on a running median of 3, 5, 7 or 9 readings; 0, the default, for none.
    uint8_t median_readings;
    // Leave out SpO2 beside a missing pulse; 0.
    uint8_t require_pulse;
    // Leave out SpO2 that changes by more than 4 % a second; 1.
    uint8_t slope;
    // Let sustained events count; 0.
    uint8_t include_sustained;
    // Let events ended by a gap or the end count; 0.
    uint8_t include_truncated;
} oxicore_settings;

// One record of the device.
typedef struct oxicore_record {
    // Whole seconds since the first record, which is at 0.
    uint32_t at_s;
    // Pulse, beats per minute; 0, 255, 511, 65535 and anything above 300 is no reading.
    uint16_t pulse_bpm;
    // Movement, 0 to 255, no unit; `OXICORE_NO_MOTION` where the device has none.
    int16_t motion;
    // Oxygen saturation, whole percent; 0, 127, 255 and anything above 100 is no reading.
    uint8_t spo2_pct;
} oxicore_record;

// One desaturation. Times are whole seconds since the first record.
typedef struct oxicore_event {
    // Last record near the peak before the fall.
    uint32_t onset_s;
    // First record at the lowest level.
    uint32_t nadir_s;
    // The record that ended the event, not part of it.
    uint32_t end_s;
    // Area between the peak level and the signal from onset to end, percent times seconds.
    uint32_t area_pct_s;
    // Level the depth is measured from, percent.
    uint8_t peak_pct;
    // Lowest level, percent.
    uint8_t nadir_pct;
    // `OXICORE_OUTCOME_...`
    uint8_t outcome;
    // Whether it enters the index.
    bool counted;
    // Whether SpO2 below the ring's range lies in it: depth and area are then lower bounds.
    bool below_range;
    // Whether `pulse_rise` is known.
    bool pulse_rise_is_known;
    // Whether a pulse rise of 6 beats per minute began between the nadir and 10 s after the end.
    bool pulse_rise;
} oxicore_event;

// Takes an event: what was given to the call as context, the threshold in percent, and the event, which is there for the time of
// the call alone. It must not call this library with the same night.
typedef void (*oxicore_found)(void *context, uint8_t threshold_pct, const struct oxicore_event *event);

// What counts: `records` is the sum of the first two and all that are called `spo2_...` and `trimmed`.
typedef struct oxicore_quality {
    // Records whose SpO2 counts.
    uint32_t analysed;
    // Records without SpO2.
    uint32_t missing_spo2;
    // Of these, records with a pulse.
    uint32_t missing_spo2_with_pulse;
    // Records below the range of this maker's rings.
    uint32_t below_range_readings;
    // Outside the plausible range.
    uint32_t spo2_out_of_range;
    // Without a pulse, where one is required.
    uint32_t spo2_coupled;
    // Under too much motion.
    uint32_t spo2_motion;
    // Changed too fast.
    uint32_t spo2_slope;
    // In the time that is left out.
    uint32_t trimmed;
    // Analysed records times interval.
    uint32_t valid_s;
    // Longest time without a reading that counts; 0 where none is longer than 10 s.
    uint32_t longest_gap_s;
    // `valid_s` in percent of the recording.
    double valid_pct;
    // Less than four hours of valid signal.
    bool short_recording;
} oxicore_quality;

// A number that need not be defined.
typedef struct oxicore_number {
    // The number; 0 where it is not known, which is no value of it.
    double value;
    // Whether there is one.
    bool is_known;
} oxicore_number;

// Time below a level.
typedef struct oxicore_time_below {
    // The level.
    uint8_t level_pct;
    // SpO2 < level.
    uint32_t below_s;
    // SpO2 <= level.
    uint32_t at_or_below_s;
    // SpO2 < level, of valid time.
    double below_pct;
    // SpO2 <= level, of valid time.
    double at_or_below_pct;
} oxicore_time_below;

// Distribution of accepted SpO2.
typedef struct oxicore_spo2 {
    // Whether there is an accepted reading; without one nothing here means anything.
    bool is_known;
    // Most frequent reading.
    uint8_t mode_pct;
    // Lowest.
    uint8_t min_pct;
    // Highest.
    uint8_t max_pct;
    // Accepted readings.
    uint32_t n;
    // Time below 90 %.
    uint32_t below_90_s;
    // Time below 88 %.
    uint32_t below_88_s;
    // Longest stretch below 90 %.
    uint32_t longest_below_90_s;
    // Longest stretch below 88 %.
    uint32_t longest_below_88_s;
    // Mean.
    double mean_pct;
    // Standard deviation.
    struct oxicore_number sd_pct;
    // Percentile 1.
    double p1_pct;
    // Percentile 5.
    double p5_pct;
    // Percentile 10.
    double p10_pct;
    // Percentile 25.
    double p25_pct;
    // Median.
    double median_pct;
    // Percentile 75.
    double p75_pct;
    // Percentile 90.
    double p90_pct;
    // Percentile 95.
    double p95_pct;
    // Lowest level held for 10 s.
    struct oxicore_number nadir_10s_pct;
    // T90, percent of valid time.
    double below_90_pct;
    // T88.
    double below_88_pct;
    // T90 with the records below the ring's range.
    double below_90_pct_with_below_range;
    // T88 with them.
    double below_88_pct_with_below_range;
    // CA90.
    double area_below_90_pctmin_h;
    // Time below 95, 94, 92, 90, 88, 85, 80 and 70 %.
    struct oxicore_time_below time_below[OXICORE_LEVELS];
} oxicore_spo2;

// Accepted pulse.
typedef struct oxicore_pulse {
    // Whether there is an accepted reading; without one nothing here means anything.
    bool is_known;
    // Lowest.
    uint16_t min_bpm;
    // Highest.
    uint16_t max_bpm;
    // Accepted readings.
    uint32_t n;
    // Time below the limit of bradycardia.
    uint32_t bradycardia_s;
    // Time above the limit of tachycardia.
    uint32_t tachycardia_s;
    // Rises of 6 beats per minute.
    uint32_t rises6;
    // Readings that look doubled.
    uint32_t n_doubled;
    // Mean.
    double mean_bpm;
    // Standard deviation.
    struct oxicore_number sd_bpm;
    // Percentile 5.
    double p5_bpm;
    // Median.
    double median_bpm;
    // Percentile 95.
    double p95_bpm;
    // PRRI-6.
    struct oxicore_number rises6_per_h;
} oxicore_pulse;

// Events of one threshold, and their index.
typedef struct oxicore_odi {
    // Events with resaturation.
    uint32_t count;
    // Events without resaturation in time.
    uint32_t sustained;
    // Events ended by a gap or the end.
    uint32_t truncated;
    // Events that enter the index.
    uint32_t included;
    // Events that SpO2 below the ring's range lies in.
    uint32_t below_range_all;
    // Those of them that enter the index.
    uint32_t below_range_counted;
    // Index: `included` per hour of valid SpO2.
    struct oxicore_number per_h;
    // `included` per hour of recording.
    struct oxicore_number per_h_of_recording;
} oxicore_odi;

// Event-based burden.
typedef struct oxicore_burden {
    // Whether there are 600 s of valid SpO2.
    bool is_known;
    // Area of the counted events.
    uint32_t area_pct_s;
    // Hypoxic burden.
    double hypoxic_burden_pctmin_h;
    // Desaturation severity.
    double desaturation_severity_pct;
} oxicore_burden;

// An hour or a half of the night.
typedef struct oxicore_part {
    // Valid SpO2 in it.
    uint32_t valid_s;
    // Counted events of 3 % whose onset lies in it.
    uint32_t odi3_count;
    // Counted events of 4 %.
    uint32_t odi4_count;
    // `odi3_count` per hour of valid time.
    struct oxicore_number odi3_per_h;
    // `odi4_count` per hour of valid time.
    struct oxicore_number odi4_per_h;
} oxicore_part;

// The counts of the maker's report, without its table of bands.
typedef struct oxicore_viatom {
    // Whether there is a report; without one nothing here means anything.
    bool is_known;
    // Fixed reference level of the night so far.
    uint8_t baseline_pct;
    // Drops over 3 %.
    uint32_t drops3;
    // Drops over 4 %.
    uint32_t drops4;
    // Dips below 90 %.
    uint32_t dips_below_90;
    // By which the drops are divided: one interval more than the records.
    uint32_t duration_s;
    // Drops over 3 % per hour.
    struct oxicore_number drops3_per_h;
    // Drops over 4 % per hour.
    struct oxicore_number drops4_per_h;
} oxicore_viatom;

// The numbers of the night so far: those of a recording that had ended with the latest record.
typedef struct oxicore_summary {
    // Version of the definitions.
    uint32_t algorithm_revision;
    // Seconds from record to record.
    uint32_t interval_s;
    // Records, missing readings included.
    uint32_t records;
    // First record to the end of the latest.
    uint32_t recording_s;
    // What of it counts, and why the rest does not.
    struct oxicore_quality quality;
    // Accepted SpO2.
    struct oxicore_spo2 spo2;
    // Accepted pulse.
    struct oxicore_pulse pulse;
    // Desaturations of 3 % and more.
    struct oxicore_odi odi3;
    // Desaturations of 4 % and more.
    struct oxicore_odi odi4;
    // Events of 3 % that are 4 % deep.
    uint32_t odi4_nested_count;
    // The same per hour.
    struct oxicore_number odi4_nested_per_h;
    // Area of the counted events of 3 % and more.
    struct oxicore_burden burden3;
    // Area of the counted events of 4 % and more.
    struct oxicore_burden burden4;
    // Delta index, percent.
    struct oxicore_number delta_index_pct;
    // Counted events of 3 % with a pulse rise.
    uint32_t coupled3;
    // How many of `hours` there are.
    uint32_t hours_count;
    // The hours from the first record.
    struct oxicore_part hours[OXICORE_HOURS];
    // Whether `halves` are known: they need memory, which the night may have outgrown.
    bool halves_are_known;
    // First and second half of the night so far.
    struct oxicore_part halves[2];
    // The counts of the maker's report.
    struct oxicore_viatom viatom;
    // Records without any reading at the very end.
    uint32_t countdown_records;
    // SpO2 comes too seldom for an index.
    bool interval_too_coarse;
    // What is called SpO2 moves like a pulse.
    bool spo2_like_pulse;
} oxicore_summary;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// What an error code means, in English; "unknown error" for any other number. The text lives as long as the program.
const char *oxicore_error_words(uint32_t error);

// Bytes of the storage in this library: `sizeof(oxicore_live)` where header and library are of the same version.
size_t oxicore_live_bytes(void);

// Bytes to lend for the halves of a night of this length.
size_t oxicore_halves_bytes(uint32_t longest_s);

// Begins a night with a record every `interval_s` seconds; what the storage held is forgotten. `live_bytes` is
// `sizeof(oxicore_live)`. `settings` may be null, for those of every printed number. `halves` may be null; memory that is lent
// (`oxicore_halves_bytes`) belongs to the night until it is finished or another begins in the storage.
//
// # Safety
// `live` is null or `live_bytes` of memory that nobody else uses during the call; `settings` is null or may be read; `halves` is
// null or `halves_bytes` of memory that nobody else uses as long as the night goes on.
enum oxicore_error oxicore_live_begin(struct oxicore_live *live,
                                      size_t live_bytes,
                                      uint32_t interval_s,
                                      const struct oxicore_settings *settings,
                                      uint8_t *halves,
                                      size_t halves_bytes);

// Takes the next record; `found`, which may be null, is given the events that are known with it, counted or not, in the order
// in which they ended.
//
// # Safety
// `live` is null or storage that nobody else uses during the call; `record` is null or may be read; `found` is null or may be
// called with `context`.
enum oxicore_error oxicore_live_push(struct oxicore_live *live,
                                     const struct oxicore_record *record,
                                     oxicore_found found,
                                     void *context);

// Announces time without records: the next one comes so much later, in addition to what was announced before.
//
// # Safety
// `live` is null or storage that nobody else uses during the call.
enum oxicore_error oxicore_live_skip(struct oxicore_live *live, uint32_t time_s);

// When the next record is due, seconds since the first: one interval after the latest and the time announced since.
//
// # Safety
// `live` is null or storage that nobody changes during the call; `due_s` is null or may be written.
enum oxicore_error oxicore_live_due(const struct oxicore_live *live,
                                    uint32_t *due_s);

// The event of a threshold, 3 or 4 %, that has begun, as it would end if the night ended here; `OXICORE_ERROR_NO_EVENT` while
// there is none.
//
// # Safety
// `live` is null or storage that nobody changes during the call; `event` is null or may be written.
enum oxicore_error oxicore_live_ongoing(const struct oxicore_live *live,
                                        uint8_t threshold_pct,
                                        struct oxicore_event *event);

// The numbers of a recording that had ended with the latest record; the night goes on.
//
// # Safety
// `live` is null or storage that nobody changes during the call; `summary` is null or may be written.
enum oxicore_error oxicore_live_summary(const struct oxicore_live *live, struct oxicore_summary *summary);

// Ends the night: `found`, which may be null, is given the events that were still open or waited for their pulse; `summary` may
// be null. The storage may begin another night.
//
// # Safety
// `live` is null or storage that nobody else uses during the call; `summary` is null or may be written; `found` is null or may be
// called with `context`.
enum oxicore_error oxicore_live_finish(struct oxicore_live *live,
                                       oxicore_found found,
                                       void *context,
                                       struct oxicore_summary *summary);

// The settings of every printed number; nothing is written through a null pointer.
//
// # Safety
// `settings` is null, or may be written.
void oxicore_settings_default(struct oxicore_settings *settings);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* OXICORE_H */
