/*
 * A virtual TLB behind the C interface of include/vtlb.h: the plainest that is right.
 *
 * It does in software what a processor's TLB does. Each virtual CPU has a list of pages of 4 KiB,
 * each with the rights of one privilege set. A page fault walks the guest's tables, as they are in
 * memory now, and fills in one page; INVLPG forgets one; whatever else the guest or its host
 * changes forgets everything. No guest store is intercepted, so a page may be stale until the guest
 * invalidates it, as in a processor.
 */
#include "paging.h"

enum { MOST_VCPUS = 8, MOST_MACHINES = 16 };

/* An active entry; `guest_pages` is the size of the guest's page that it is a piece of. */
struct page {
    struct vtlb_entry active;
    uint64_t guest_pages;
    uint32_t set;
};

struct vcpu {
    uint32_t vm, vcpu;
    struct vtlb_control control;
    struct page *pages;
    size_t count, room;
};

struct machine {
    uint32_t vcpu_count; /* 0: there is no such machine */
    struct vtlb_profile profile;
    const struct vtlb_guest *memory;
    struct vcpu vcpus[MOST_VCPUS];
    struct vtlb_host_operation *host; /* what the host has done to the memory, in order */
    size_t host_count, host_room;
    int logging;
    uint64_t *written; /* guest frames, since the dirty log was started or harvested */
    size_t written_count, written_room;
};

struct vtlb {
    struct machine machines[MOST_MACHINES];
};

/* The array, with room for one more element. */
static void *grown(void *array, size_t count, size_t *room, size_t bytes) {
    if (count == *room) {
        *room = *room ? 2 * *room : 16;
        array = realloc(array, *room * bytes);
        if (array == NULL) {
            abort();
        }
    }
    return array;
}

/* ---- The host's side of a machine ---- */

static void note_host(struct machine *machine, struct vtlb_host_operation operation) {
    machine->host =
        grown(machine->host, machine->host_count, &machine->host_room, sizeof operation);
    machine->host[machine->host_count++] = operation;
}

/* What the host has behind a guest frame. */
struct backing {
    int memory, read_only; /* where there is no memory there is a device */
    uint64_t frame;
};

static struct backing behind(const struct machine *machine, uint64_t frame) {
    struct backing now = {fault("device-frame-mapped"), 0, frame};
    for (size_t i = 0; i < machine->host_count; i++) {
        const struct vtlb_host_operation *done = &machine->host[i];
        uint64_t inside = frame - done->guest_frame;
        if (inside < done->frames) {
            switch (done->kind) {
            case VTLB_MAP_FRAMES:
                now = (struct backing){1, done->read_only != 0, done->host_frame + inside};
                break;
            case VTLB_UNMAP_FRAMES: now.memory = 0; break;
            case VTLB_MOVE_FRAMES: now.frame = done->host_frame + inside; break;
            case VTLB_PROTECT_FRAMES: now.read_only = done->read_only != 0; break;
            }
        }
    }
    return now;
}

static void log_write(struct machine *machine, uint64_t frame) {
    for (size_t i = 0; i < machine->written_count; i++) {
        if (machine->written[i] == frame) {
            return;
        }
    }
    machine->written =
        grown(machine->written, machine->written_count, &machine->written_room, sizeof frame);
    machine->written[machine->written_count++] = frame;
}

/* ---- Forgetting ---- */

struct drops {
    struct vtlb_drop *list;
    uint64_t *count;
};

/* Asks the processor of a virtual CPU to forget, too. */
static void drop(const struct vcpu *cpu, uint32_t kind, uint64_t address, struct drops drops) {
    if (*drops.count == VTLB_MOST_DROPS) {
        kind = VTLB_DROP_EVERYTHING;
        *drops.count = 0;
    }
    if (!fault("processor-not-flushed")) {
        drops.list[(*drops.count)++] = (struct vtlb_drop){kind, cpu->vm, cpu->vcpu, 0, address};
    }
}

/* Forgets a page in every privilege set; if `whole`, with all pieces of the guest's page. */
static void forget_page(struct vcpu *cpu, uint64_t address, int whole, struct drops drops) {
    for (size_t i = cpu->count; i-- > 0;) {
        uint64_t page = cpu->pages[i].active.page;
        uint64_t pages = whole ? cpu->pages[i].guest_pages : 1;
        if (page / pages == (address >> 12) / pages) {
            cpu->pages[i] = cpu->pages[--cpu->count];
            drop(cpu, VTLB_DROP_PAGE, page << 12, drops);
        }
    }
}

static void forget_everything(struct vcpu *cpu, struct drops drops) {
    cpu->count = 0;
    drop(cpu, VTLB_DROP_EVERYTHING, 0, drops);
}

/* ---- Events ---- */

static void answer(struct vtlb_response *response, uint32_t action, uint32_t cause,
                   uint32_t resync) {
    response->action = action;
    response->cause = cause;
    response->resync = resync;
}

static void page_fault(struct machine *machine, struct vcpu *cpu, const struct vtlb_event *access,
                       struct vtlb_response *response) {
    struct guest guest = {&machine->profile, &cpu->control, machine->memory};
    struct found found;
    int permitted = walk(&guest, access, &found);
    int logging = machine->logging;
    for (uint32_t i = 0; i < found.update_count && logging; i++) {
        if (!fault("table-updates-not-logged")) {
            log_write(machine, found.updated[i]);
        }
    }
    /* Whatever was known of the page has to make room, or is stale. */
    struct drops drops = {response->drops, &response->drop_count};
    forget_page(cpu, access->address, 0, drops);
    if (!permitted) {
        response->fault_code = found.code;
        response->fault_address = access->address;
        answer(response, VTLB_INJECT_PAGE_FAULT, VTLB_CAUSE_GUEST_PAGE_FAULT, VTLB_RESYNC_NONE);
        return;
    }
    int store = access->access == VTLB_STORE;
    struct backing host = behind(machine, found.frame);
    if (!host.memory || (store && host.read_only)) {
        answer(response, VTLB_DEVICE_ACCESS, VTLB_CAUSE_DEVICE_ACCESS, VTLB_RESYNC_NONE);
        return;
    }
    if (store && logging) {
        log_write(machine, found.frame);
    }
    /* A store that has yet to set D, or to be logged, must fault. */
    int may_write = (found.dirty || fault("clean-page-writable")) && (store || !logging);
    uint32_t withheld = may_write && !host.read_only ? 0 : WRITE;
    struct vtlb_entry active = {access->address >> 12, 1, host.frame, found.rights & ~withheld,
                                found.key};
    cpu->pages = grown(cpu->pages, cpu->count, &cpu->room, sizeof *cpu->pages);
    cpu->pages[cpu->count++] = (struct page){active, found.guest_pages, access->set};
    answer(response, VTLB_RESUME, VTLB_CAUSE_INCONSISTENCY, VTLB_RESYNC_PARTIAL);
}

/* Rights were resolved with the control state as it was, so nothing outlives a write to it. */
static void control_write(struct vcpu *cpu, const struct vtlb_event *event,
                          struct vtlb_response *response) {
    int toggles_paging = ((event->before.cr0 ^ event->after.cr0) & CR0_PG) != 0;
    int invalidates = event->reg == VTLB_CR3 || event->reg == VTLB_CR4 || toggles_paging;
    cpu->control = event->after;
    if (event->reg != VTLB_CR3 || !fault("root-load-keeps-entries")) {
        forget_everything(cpu, (struct drops){response->drops, &response->drop_count});
    }
    answer(response, VTLB_RESUME,
           invalidates ? VTLB_CAUSE_TLB_MANIPULATION : VTLB_CAUSE_CONTROL_CHANGE,
           VTLB_RESYNC_FLUSH);
}

/* ---- The interface ---- */

static struct vcpu *find(struct vtlb *tlb, uint32_t vm, uint32_t vcpu) {
    int exists = vm < MOST_MACHINES && vcpu < tlb->machines[vm].vcpu_count;
    return exists ? &tlb->machines[vm].vcpus[vcpu] : NULL;
}

static void destroy(struct machine *machine) {
    for (uint32_t vcpu = 0; vcpu < machine->vcpu_count; vcpu++) {
        free(machine->vcpus[vcpu].pages);
    }
    free(machine->host);
    free(machine->written);
    memset(machine, 0, sizeof *machine);
}

uint32_t vtlb_abi(void) { return VTLB_ABI; }

void vtlb_describe(struct vtlb_description *description) {
    strcpy(description->name, "example-c");
    strcpy(description->version, "1.0");
    description->level = 3;
    description->modes = VTLB_MODE_NONE | VTLB_MODE_32_BIT | VTLB_MODE_PAE | VTLB_MODE_4_LEVEL |
                         VTLB_MODE_5_LEVEL;
    description->features =
        VTLB_SEVERAL_VCPUS | VTLB_PCID | VTLB_FOREIGN_STORES | VTLB_HOST_OPERATIONS;
#ifdef INTERLEAVING /* the kit's memory is read by callback, and changes between two reads */
    description->features |= VTLB_INTERLEAVING;
#endif
}

struct vtlb *vtlb_new(void) { return choose_fault() ? calloc(1, sizeof(struct vtlb)) : NULL; }

void vtlb_delete(struct vtlb *tlb) {
    for (int vm = 0; vm < MOST_MACHINES; vm++) {
        destroy(&tlb->machines[vm]);
    }
    free(tlb);
}

uint32_t vtlb_create(struct vtlb *tlb, const struct vtlb_machine *created) {
    if (created->vm >= MOST_MACHINES || created->vcpu_count > MOST_VCPUS) {
        return VTLB_UNSUPPORTED;
    }
    struct machine *machine = &tlb->machines[created->vm];
    destroy(machine);
    machine->vcpu_count = created->vcpu_count;
    machine->profile = created->profile;
    machine->memory = created->guest;
    for (uint32_t vcpu = 0; vcpu < created->vcpu_count; vcpu++) {
        machine->vcpus[vcpu].vm = created->vm;
        machine->vcpus[vcpu].vcpu = vcpu;
        machine->vcpus[vcpu].control = created->vcpus[vcpu].control;
    }
    for (uint32_t i = 0; i < created->range_count; i++) {
        const struct vtlb_host_range *run = &created->ranges[i];
        note_host(machine, (struct vtlb_host_operation){
                               .kind = VTLB_MAP_FRAMES, .guest_frame = run->guest_frame,
                               .host_frame = run->host_frame, .frames = run->frames,
                               .read_only = run->read_only});
    }
    return VTLB_OK;
}

uint32_t vtlb_handle(struct vtlb *tlb, const struct vtlb_event *event,
                     struct vtlb_response *response) {
    struct vcpu *cpu = find(tlb, event->vm, event->vcpu);
    struct drops drops = {response->drops, &response->drop_count};
    if (cpu == NULL) {
        return VTLB_ERROR;
    }
    switch (event->kind) {
    case VTLB_PAGE_FAULT:
        page_fault(&tlb->machines[event->vm], cpu, event, response);
        return VTLB_OK;
    case VTLB_INVLPG:
        if (!fault("invlpg-ignored")) {
            forget_page(cpu, event->address, 1, drops);
        }
        answer(response, VTLB_RESUME, VTLB_CAUSE_TLB_MANIPULATION, VTLB_RESYNC_NONE);
        return VTLB_OK;
    case VTLB_INVPCID:
        forget_everything(cpu, drops);
        answer(response, VTLB_RESUME, VTLB_CAUSE_TLB_MANIPULATION, VTLB_RESYNC_FLUSH);
        return VTLB_OK;
    case VTLB_CONTROL_WRITE:
        control_write(cpu, event, response);
        return VTLB_OK;
    default: return VTLB_UNSUPPORTED;
    }
}

uint64_t vtlb_entries(struct vtlb *tlb, uint32_t vm, uint32_t vcpu, uint32_t set,
                      struct vtlb_entry *entries, uint64_t room) {
    const struct vcpu *cpu = find(tlb, vm, vcpu);
    uint64_t count = 0;
    for (size_t i = 0; cpu != NULL && i < cpu->count; i++) {
        if (cpu->pages[i].set == set && count++ < room) {
            entries[count - 1] = cpu->pages[i].active;
        }
    }
    return count;
}

/* Names the frames written since it was last asked. */
static uint32_t harvest(struct machine *machine, struct vtlb_host_response *response) {
    if (machine->written_count > response->dirty_room) {
        return VTLB_ERROR;
    }
    for (size_t i = 0; i < machine->written_count; i++) {
        response->dirty_frames[response->dirty_count++] = machine->written[i];
    }
    machine->written_count = 0;
    return VTLB_OK;
}

/* Whatever the host does, everything that the machine had is forgotten, and is filled in anew. */
uint32_t vtlb_follow(struct vtlb *tlb, const struct vtlb_host_operation *operation,
                     struct vtlb_host_response *response) {
    if (find(tlb, operation->vm, 0) == NULL) {
        return VTLB_ERROR;
    }
    struct machine *machine = &tlb->machines[operation->vm];
    if (operation->kind == VTLB_UNMAP_FRAMES && fault("unmap-not-followed")) {
        return VTLB_OK;
    }
    for (uint32_t vcpu = 0; vcpu < machine->vcpu_count; vcpu++) {
        struct drops drops = {response->drops, &response->drop_count};
        forget_everything(&machine->vcpus[vcpu], drops);
    }
    switch (operation->kind) {
    case VTLB_START_DIRTY_LOG:
        machine->logging = 1;
        machine->written_count = 0;
        return VTLB_OK;
    case VTLB_HARVEST_DIRTY_LOG: return harvest(machine, response);
    case VTLB_DESTROY_MACHINE: destroy(machine); return VTLB_OK;
    default: note_host(machine, *operation); return VTLB_OK;
    }
}
