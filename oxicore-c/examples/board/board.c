/* The same on a microcontroller without an operating system: start-up, a made-up sensor, and lines through the debugger. The
 * analysis lies in static memory; numbers are printed by their bits, so that no library of C is needed. */
#include "oxicore.h"

extern uint32_t data_load, data_start, data_end, bss_start, bss_end, stack_end;

static oxicore_live night;

static void semihosting(int operation, const void *argument)
{
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static void say(const char *text)
{
    semihosting(0x04, text);
}

static void say_hex(uint64_t value)
{
    char digits[18];
    digits[0] = ' ';
    for (int at = 0; at < 16; at++)
        digits[1 + at] = "0123456789abcdef"[value >> (60 - 4 * at) & 15];
    digits[17] = 0;
    say(digits);
}

static void say_number(oxicore_number number)
{
    union {
        double value;
        uint64_t bits;
    } both = {number.value};
    say_hex(number.is_known ? both.bits : ~(uint64_t)0);
}

static void found(void *context, uint8_t threshold_pct, const oxicore_event *event)
{
    (void)context;
    say("event");
    say_hex(threshold_pct);
    say_hex(event->onset_s);
    say_hex(event->end_s);
    say_hex(event->area_pct_s);
    say("\n");
}

/* A fall every minute, a little deeper each time, and a reading that is missing now and then. */
static oxicore_record reading(uint32_t record)
{
    static const uint8_t fall[15] = {0, 0, 0, 0, 0, 0, 1, 3, 5, 6, 4, 2, 0, 0, 0};
    uint32_t deeper = fall[record % 15] ? record / 15 % 5 : 0;
    oxicore_record now = {4 * record, 0, 0, 0};
    now.spo2_pct = record % 97 == 96 ? 0 : (uint8_t)(96 - fall[record % 15] - deeper);
    now.pulse_bpm = (uint16_t)(60 + record % 15 / 4 * 3);
    return now;
}

static oxicore_error analyse(oxicore_summary *summary)
{
    oxicore_error error = oxicore_live_begin(&night, sizeof night, 4, 0, 0, 0);
    for (uint32_t record = 0; error == OXICORE_ERROR_OK && record < 3000; record++) {
        oxicore_record now = reading(record);
        error = oxicore_live_push(&night, &now, found, 0);
    }
    return error == OXICORE_ERROR_OK ? oxicore_live_finish(&night, found, 0, summary) : error;
}

static int run(void)
{
    oxicore_summary summary;
    oxicore_error error = analyse(&summary);
    if (error != OXICORE_ERROR_OK) {
        say(oxicore_error_words(error));
        return 0;
    }
    say("records");
    say_hex(summary.records);
    say("\nodi3");
    say_hex(summary.odi3.count);
    say_number(summary.odi3.per_h);
    say("\nodi4");
    say_hex(summary.odi4.count);
    say_number(summary.odi4.per_h);
    say("\ndelta");
    say_number(summary.delta_index_pct);
    say("\n");
    return 1;
}

void reset(void)
{
    for (uint32_t *to = &data_start, *from = &data_load; to < &data_end;)
        *to++ = *from++;
    for (uint32_t *to = &bss_start; to < &bss_end;)
        *to++ = 0;
    *(volatile uint32_t *)0xe000ed88 |= 0xf << 20; /* the floating point unit */
    __asm__ volatile("dsb\n isb");
    /* 0x20026: the program ended as it should */
    semihosting(0x18, (const void *)(run() ? 0x20026 : 0x20023));
    for (;;) {
    }
}

static void fault(void)
{
    say("fault\n");
    semihosting(0x18, (const void *)0x20023);
    for (;;) {
    }
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &stack_end, (const void *)reset, (const void *)fault, (const void *)fault, (const void *)fault,
    (const void *)fault, (const void *)fault};
