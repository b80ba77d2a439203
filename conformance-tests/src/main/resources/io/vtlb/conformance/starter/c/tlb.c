/*
 * The beginning of a virtual TLB behind the C interface of vtlb.h: it answers every event with
 * "resume", and shows no entries. So it breaks the first rule that it meets, and the kit says
 * which:
 *
 *     make && ./vtlb verify --target exec:./tlb     (or lib:./libtlb.so)
 *
 * Begin with page_fault, then vtlb_entries. jsonlines.c speaks the target protocol on top of these
 * functions, and keeps the copy of guest memory that machine->memory reads. What the words mean is
 * in docs/protocol/README.md of the kit, and docs/your-first-target.md goes from here to a virtual
 * TLB that conforms (in Python). A complete one is conformance-tests/examples/c.
 */
#include "vtlb.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_VCPUS = 8, MOST_MACHINES = 16, MOST_RANGES = 16 };

/* Your part: what a virtual CPU keeps, for each privilege set. */
struct vcpu {
    struct vtlb_control control;
};

struct machine {
    uint32_t vcpu_count; /* 0: there is no such machine */
    uint32_t range_count;
    struct vtlb_profile profile;
    const struct vtlb_guest *memory; /* the guest's tables: memory->read, memory->compare_and_set */
    struct vtlb_host_range ranges[MOST_RANGES];
    struct vcpu vcpus[MOST_VCPUS];
};

struct vtlb {
    struct machine machines[MOST_MACHINES];
};

static void page_fault(struct machine *machine, struct vcpu *cpu, const struct vtlb_event *fault,
                       struct vtlb_response *response) {
    /* First: walk the guest's tables from cpu->control.cr3 for fault->address. If they permit the
     * access, keep an entry for vtlb_entries to show, and resume. If they do not:
     *     response->action = VTLB_INJECT_PAGE_FAULT;
     *     response->fault_code = ...;
     *     response->fault_address = fault->address;
     */
    (void)machine, (void)cpu, (void)fault;
    response->action = VTLB_RESUME;
}

static struct vcpu *find(struct vtlb *tlb, uint32_t vm, uint32_t vcpu) {
    int exists = vm < MOST_MACHINES && vcpu < tlb->machines[vm].vcpu_count;
    return exists ? &tlb->machines[vm].vcpus[vcpu] : NULL;
}

/* ---- The interface ---- */

uint32_t vtlb_abi(void) { return VTLB_ABI; }

void vtlb_describe(struct vtlb_description *description) {
    strcpy(description->name, "my-tlb");
    strcpy(description->version, "0.1");
    description->level = 2;             /* 3 once your answers also have cause and resync */
    description->modes = VTLB_MODE_32_BIT; /* then the others */
    description->features = 0;          /* then VTLB_SEVERAL_VCPUS, VTLB_FOREIGN_STORES ... */
}

struct vtlb *vtlb_new(void) { return calloc(1, sizeof(struct vtlb)); }

void vtlb_delete(struct vtlb *tlb) { free(tlb); }

uint32_t vtlb_create(struct vtlb *tlb, const struct vtlb_machine *created) {
    if (created->vm >= MOST_MACHINES || created->vcpu_count > MOST_VCPUS ||
        created->range_count > MOST_RANGES) {
        return VTLB_UNSUPPORTED;
    }
    struct machine *machine = &tlb->machines[created->vm];
    memset(machine, 0, sizeof *machine);
    machine->profile = created->profile;
    machine->memory = created->guest;
    machine->range_count = created->range_count;
    memcpy(machine->ranges, created->ranges, created->range_count * sizeof machine->ranges[0]);
    machine->vcpu_count = created->vcpu_count;
    for (uint32_t vcpu = 0; vcpu < created->vcpu_count; vcpu++) {
        machine->vcpus[vcpu].control = created->vcpus[vcpu].control;
    }
    return VTLB_OK;
}

uint32_t vtlb_handle(struct vtlb *tlb, const struct vtlb_event *event,
                     struct vtlb_response *response) {
    struct vcpu *cpu = find(tlb, event->vm, event->vcpu);
    if (cpu == NULL) {
        return VTLB_ERROR;
    }
    response->action = VTLB_RESUME;
    switch (event->kind) {
    case VTLB_PAGE_FAULT: page_fault(&tlb->machines[event->vm], cpu, event, response); break;
    case VTLB_INVLPG:
        /* Later: what you have of event->address must go, here and in the processor (drops). */
        break;
    case VTLB_CONTROL_WRITE:
        /* Later: what was made under the registers as they were must go. */
        cpu->control = event->after;
        break;
    default: break;
    }
    return VTLB_OK;
}

uint64_t vtlb_entries(struct vtlb *tlb, uint32_t vm, uint32_t vcpu, uint32_t set,
                      struct vtlb_entry *entries, uint64_t room) {
    /* Your part: write at most `room` entries, and return how many there are. */
    (void)tlb, (void)vm, (void)vcpu, (void)set, (void)entries, (void)room;
    return 0;
}

uint32_t vtlb_follow(struct vtlb *tlb, const struct vtlb_host_operation *operation,
                     struct vtlb_host_response *response) {
    (void)tlb, (void)operation, (void)response;
    return VTLB_UNSUPPORTED; /* only asked once VTLB_HOST_OPERATIONS is declared */
}
