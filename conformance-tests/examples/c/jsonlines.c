/*
 * The target protocol over standard input and output, for whatever virtual TLB is linked to it: a
 * request becomes a call of one of the functions of include/vtlb.h. See docs/protocol/README.md.
 */
#include "answers.h"
#include "json.h"
#include "mirror.h"
#include "vtlb.h"

#include <unistd.h>

enum { LONGEST_LINE = 1 << 20, MACHINES = 16, VCPUS = 8 };

static struct vtlb *tlb;
static uint32_t vms[MACHINES];
static struct vtlb_guest guests[MACHINES];

/* ---- Parts of requests ---- */

static uint64_t hex_or(const struct json *object, const char *name, uint64_t otherwise) {
    return json_find(object, name) ? json_hex(object, name) : otherwise;
}

static uint32_t flag_or_no(const struct json *object, const char *name) {
    return json_find(object, name) ? json_flag(object, name) : 0;
}

static uint32_t word(const struct json *object, const char *name, const char *const *words) {
    return json_word(json_field(object, name, JSON_TEXT), words);
}

static uint32_t vm_of(const struct json *request) {
    return (uint32_t)json_number(request, "vm", MACHINES - 1);
}

static uint32_t vcpu_of(const struct json *request) {
    return (uint32_t)json_number(request, "vcpu", VCPUS - 1);
}

static struct vtlb_control control_of(const struct json *state) {
    struct vtlb_control control = {json_hex(state, "cr0"), json_hex(state, "cr3"),
                                   json_hex(state, "cr4"), json_hex(state, "efer"), {0}};
    const struct json *pdpte = json_first(json_find(state, "pdptes"));
    for (int i = 0; i < 4 && pdpte; i++, pdpte = json_next(pdpte)) {
        control.pdptes[i] = json_hex_value(pdpte);
    }
    return control;
}

static struct vtlb_profile profile_of(const struct json *json) {
    struct vtlb_profile profile = {
        json_find(json, "vendor") ? word(json, "vendor", VENDORS) : VTLB_INTEL,
        (uint32_t)json_number(json, "physicalAddressBits", 52),
        json_flag(json, "pse36") ? VTLB_CAP_PSE36 : 0, json_flag(json, "spuriousFaults")};
    const struct json *capability = json_first(json_find(json, "capabilities"));
    for (; capability; capability = json_next(capability)) {
        profile.capabilities |= 1u << json_word(capability, CAPABILITIES);
    }
    return profile;
}

static void take_words(const struct json *request, uint32_t vm) {
    const struct json *word = json_first(json_field(request, "words", JSON_ARRAY));
    for (; word; word = json_next(word)) {
        mirror_set(vm, json_hex(word, "address"), (uint32_t)json_hex(word, "value"));
    }
}

/* ---- Requests ---- */

static void hello(const struct json *request) {
    struct vtlb_description description = {0};
    if (!json_is(json_field(request, "protocol", JSON_TEXT), "vtlb-target/1")) {
        die("the protocol is none that is spoken here, vtlb-target/1");
    }
    vtlb_describe(&description);
    printf(",\"protocol\":\"vtlb-target/1\",\"name\":\"%s\",\"version\":\"%s\",\"level\":%" PRIu32,
           description.name, description.version, description.level);
    put_names("modes", MODES, description.modes);
    put_names("features", FEATURES, description.features);
}

static void reset(void) {
    if (tlb) {
        vtlb_delete(tlb);
    }
    tlb = vtlb_new();
    if (tlb == NULL) {
        die("the virtual TLB cannot begin");
    }
    mirror_reset();
}

static void create(const struct json *request) {
    static struct vtlb_vcpu_state vcpus[VCPUS];
    static struct vtlb_host_range *ranges;
    struct vtlb_machine machine = {
        .vm = vm_of(request), .vcpus = vcpus,
        .profile = profile_of(json_field(request, "profile", JSON_OBJECT))};
    const struct json *state = json_first(json_field(request, "vcpus", JSON_ARRAY));
    for (; state && machine.vcpu_count < VCPUS; state = json_next(state)) {
        vcpus[machine.vcpu_count++] = (struct vtlb_vcpu_state){
            control_of(state), (uint32_t)json_number(state, "cpl", 3),
            flag_or_no(state, "alignmentCheck"), (uint32_t)hex_or(state, "pkru", 0), 0};
    }
    const struct json *run = json_first(json_field(request, "hostMap", JSON_ARRAY));
    for (; run; run = json_next(run)) {
        ranges = realloc(ranges, (machine.range_count + 1) * sizeof *ranges);
        if (ranges == NULL) {
            die("no memory is left");
        }
        ranges[machine.range_count++] = (struct vtlb_host_range){
            json_hex(run, "guestFrame"), json_hex(run, "hostFrame"),
            json_number(run, "frames", UINT32_MAX), flag_or_no(run, "readOnly")};
    }
    vms[machine.vm] = machine.vm;
    guests[machine.vm] = (struct vtlb_guest){
        &vms[machine.vm], read_mirror, compare_and_set, store, NULL, 0};
    machine.ranges = ranges;
    machine.guest = &guests[machine.vm];
    take_words(request, machine.vm);
    put_failure(vtlb_create(tlb, &machine));
}

static struct vtlb_event event_of(const struct json *request) {
    struct vtlb_event event = {.kind = word(request, "event", EVENTS) + 1,
                               .vm = vm_of(request), .vcpu = vcpu_of(request)};
    switch (event.kind) {
    case VTLB_PAGE_FAULT:
        event.address = json_hex(request, "address");
        event.bytes = json_find(request, "bytes") ? (uint32_t)json_number(request, "bytes", 8) : 4;
        event.access = word(request, "access", ACCESSES);
        event.set = word(request, "set", SETS);
        event.pkru = (uint32_t)hex_or(request, "pkru", 0);
        event.active_code = (uint32_t)json_hex(request, "activeCode");
        event.value = hex_or(request, "value", 0);
        break;
    case VTLB_INVLPG: event.address = json_hex(request, "address"); break;
    case VTLB_INVPCID:
        event.type = word(request, "type", INVALIDATIONS);
        event.pcid = (uint32_t)json_number(request, "pcid", 4095);
        event.address = json_hex(request, "address");
        break;
    case VTLB_CONTROL_WRITE:
        event.reg = word(request, "register", REGISTERS);
        event.value = hex_or(request, "value", 0);
        event.before = control_of(json_field(request, "before", JSON_OBJECT));
        event.after = control_of(json_field(request, "after", JSON_OBJECT));
        break;
    case VTLB_PRIVILEGE_CHANGE:
        event.from = (uint32_t)json_number(request, "from", 3);
        event.to = (uint32_t)json_number(request, "to", 3);
        break;
    }
    return event;
}

static void handle(const struct json *request) {
    struct vtlb_event event = event_of(request);
    struct vtlb_response response = {0};
    write_count = 0;
    if (put_failure(vtlb_handle(tlb, &event, &response))) {
        return;
    }
    if (response.action < VTLB_RESUME || response.action > VTLB_DEVICE_ACCESS) {
        die("the virtual TLB answers with no action");
    }
    printf(",\"action\":\"%s\"", ACTIONS[response.action - 1]);
    if (response.action == VTLB_INJECT_PAGE_FAULT) {
        printf(",\"code\":\"0x%" PRIx32 "\",\"address\":\"0x%" PRIx64 "\"", response.fault_code,
               response.fault_address);
    }
    if (response.cause > VTLB_CAUSE_SPURIOUS || response.resync > VTLB_RESYNC_FLUSH ||
        !response.cause != !response.resync || response.drop_count > VTLB_MOST_DROPS) {
        die("the virtual TLB answers with an impossible report, or too many drops");
    }
    put_drops(response.drops, response.drop_count);
    if (response.cause) {
        printf(",\"report\":{\"cause\":\"%s\",\"resync\":\"%s\"}", CAUSES[response.cause - 1],
               RESYNCS[response.resync - 1]);
    }
    put_writes();
}

static void entries(const struct json *request) {
    static struct vtlb_entry *shown;
    static uint64_t room;
    uint32_t vm = vm_of(request), vcpu = vcpu_of(request), set = word(request, "set", SETS);
    uint64_t count;
    while ((count = vtlb_entries(tlb, vm, vcpu, set, shown, room)) > room) {
        room = 2 * count;
        shown = realloc(shown, room * sizeof *shown);
        if (shown == NULL) {
            die("no memory is left");
        }
    }
    fputs(",\"entries\":[", stdout);
    for (uint64_t i = 0; i < count; i++) {
        const struct vtlb_entry *entry = &shown[i];
        printf("%s{\"page\":\"0x%" PRIx64 "\",\"pages\":%" PRIu64 ",\"hostFrame\":\"0x%" PRIx64
               "\",\"rights\":\"%c%c%c\"",
               i ? "," : "", entry->page, entry->pages, entry->host_frame,
               entry->rights & 1 ? 'r' : '-', entry->rights & 2 ? 'w' : '-',
               entry->rights & 4 ? 'x' : '-');
        if (entry->key >= 0) {
            printf(",\"key\":%" PRId32, entry->key);
        }
        putchar('}');
    }
    putchar(']');
}

static void follow(const struct json *request) {
    static uint64_t frames[1 << 19]; /* as many as there are in 2 GiB */
    struct vtlb_host_operation operation = {
        .kind = word(request, "op", OPERATIONS) + 1, .vm = vm_of(request),
        .guest_frame = hex_or(request, "guestFrame", 0),
        .host_frame = hex_or(request, "hostFrame", 0),
        .frames = json_find(request, "frames") ? json_number(request, "frames", UINT32_MAX) : 0,
        .pages = json_find(request, "pages") ? json_number(request, "pages", UINT32_MAX) : 0,
        .read_only = flag_or_no(request, "readOnly")};
    struct vtlb_host_response response = {
        .dirty_frames = frames, .dirty_room = sizeof frames / sizeof *frames};
    if (operation.kind == VTLB_UNMAP_FRAMES) {
        mirror_forget(operation.vm, operation.guest_frame, operation.frames);
    } else if (operation.kind == VTLB_DESTROY_MACHINE) {
        mirror_forget(operation.vm, 0, UINT64_MAX);
    }
    write_count = 0;
    if (put_failure(vtlb_follow(tlb, &operation, &response))) {
        return;
    }
    if (response.drop_count > VTLB_MOST_DROPS || response.dirty_count > response.dirty_room) {
        die("the virtual TLB names more drops or frames than there is room for");
    }
    put_drops(response.drops, response.drop_count);
    for (uint64_t i = 0; i < response.dirty_count; i++) {
        printf("%s\"0x%" PRIx64 "\"%s", i ? "," : ",\"dirtyFrames\":[", frames[i],
               i + 1 < response.dirty_count ? "" : "]");
    }
    put_writes();
}

/* ---- The conversation ---- */

static const char *const REQUESTS[] = {"event", "entries", "stores", "reset", "create",
                                       "follow", "hello", "bye", NULL};

/* Answers one request; 0 if it was the last. */
static int serve(const struct json *request) {
    enum { EVENT, ENTRIES, STORES, RESET, CREATE, FOLLOW, HELLO, BYE };
    uint32_t asked = word(request, "request", REQUESTS);
    printf("{\"n\":%" PRIu64, json_number(request, "n", UINT64_MAX / 16));
    if (tlb == NULL && asked < HELLO && asked != RESET) {
        die("%s comes before reset", REQUESTS[asked]);
    }
    switch (asked) {
    case EVENT: handle(request); break;
    case ENTRIES: entries(request); break;
    case STORES: take_words(request, vm_of(request)); break;
    case RESET: reset(); break;
    case CREATE: create(request); break;
    case FOLLOW: follow(request); break;
    case HELLO: hello(request); break;
    }
    fputs("}\n", stdout);
    return asked != BYE;
}

/* The next line of standard input, or NULL at its end. Answers go out before it is waited for. */
static char *next_line(size_t *length) {
    static char input[LONGEST_LINE];
    static size_t begin, end;
    char *newline;
    while ((newline = memchr(input + begin, '\n', end - begin)) == NULL) {
        memmove(input, input + begin, end - begin);
        end -= begin;
        begin = 0;
        if (end == sizeof input) {
            die("the next line is longer than %d bytes", LONGEST_LINE);
        }
        fflush(stdout);
        ssize_t got = read(STDIN_FILENO, input + end, sizeof input - end);
        if (got <= 0 && end > 0) {
            die("the input ends inside a line");
        }
        if (got <= 0) {
            return NULL;
        }
        end += (size_t)got;
    }
    char *line = input + begin;
    *length = (size_t)(newline - line);
    begin = (size_t)(newline + 1 - input);
    return line;
}

int main(void) {
    size_t length = 0;
    const char *line = next_line(&length);
    while (line && serve(json_read(line, length))) {
        line = next_line(&length);
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
