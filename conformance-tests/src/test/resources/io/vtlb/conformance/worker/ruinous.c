/* Ruins the process at the first event; compiled once for each way. */
#include "vtlb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct vtlb {
  const struct vtlb_guest *guest;
};

uint32_t vtlb_abi(void) { return VTLB_ABI; }

void vtlb_describe(struct vtlb_description *description) {
  strcpy(description->name, "ruinous");
  strcpy(description->version, "1");
  description->level = 2;
  description->modes = VTLB_MODE_32_BIT;
  description->features = VTLB_FOREIGN_STORES;
}

struct vtlb *vtlb_new(void) { return calloc(1, sizeof(struct vtlb)); }

void vtlb_delete(struct vtlb *instance) { free(instance); }

uint32_t vtlb_create(struct vtlb *instance, const struct vtlb_machine *machine) {
  instance->guest = machine->guest;
#if defined DIES_IN_CREATE
  *(volatile int *)8 = 1;
#endif
  return VTLB_OK;
}

uint32_t vtlb_handle(struct vtlb *instance, const struct vtlb_event *event,
                     struct vtlb_response *response) {
  (void)event;
  response->action = VTLB_RESUME;
#if defined NULL_POINTER
  *(volatile int *)8 = 1;
#elif defined WRITES_MEMORY
  *(volatile uint8_t *)(uintptr_t)(instance->guest->memory + 4096) = 1;
#elif defined ABORTS
  fprintf(stderr, "shadow page count is negative\n");
  abort();
#elif defined EXITS
  exit(3);
#elif defined LOOPS
  for (volatile int forever = 1; forever;) {
  }
#elif defined SLEEPS
  while (1) {
    sleep(1000);
  }
#elif defined TALKS
  while (1) {
    puts("to be, or not to be, that is the question");
  }
#elif defined GROWS
  for (int i = 0; i < 64; i++) {
    char *more = malloc(1 << 26);
    memset(more, 1, 1 << 26);
    usleep(20000);
  }
#endif
  (void)instance;
  return VTLB_OK;
}

uint64_t vtlb_entries(struct vtlb *instance, uint32_t vm, uint32_t vcpu, uint32_t set,
                      struct vtlb_entry *entries, uint64_t room) {
  (void)instance, (void)vm, (void)vcpu, (void)set, (void)entries, (void)room;
#if defined DIES_IN_ENTRIES
  *(volatile int *)8 = 1;
#endif
  return 0;
}
