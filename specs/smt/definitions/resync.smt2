;; Resynchronising active entries with the guest structure, one slot at a time: partially for the
;; entries of one event, fully by comparing everything. Claims: 4 5 6 17 18 19 29 30.
;; Needs: active

;; The guest's entry of a page for a set, from the walk of that page, if it could be cached without
;; setting bits.
(define-fun guest-entry ((w Walk) (s PrivilegeSet) (page Page) (host HostMap) (c Control)) Active
  (ite (and ((_ is ends-reached) w) (accessed w) (exists-in page (mode-of c)))
    (derive (reached w) s page host c)
    absent))

;; Match: the frame is right and the rights are no more than the guest's for that set.
(define-fun matches ((a Active) (guest Active)) Bool
  (and ((_ is present) a) (within a guest)))

;; What becomes of one valid entry: kept if it matches, else what the guest's structure says.
(define-fun compare-entry ((a Active) (guest Active)) Active
  (ite ((_ is absent) a) absent
  (ite (matches a guest)
    (present (frame a) (may-read a) (may-write a) (may-execute-it a) (keyed a) (source guest))
    guest)))

;; Full: every valid entry, whatever the event.
(define-fun full-resync ((a Active) (at Slot) (w Walk) (host HostMap) (c Control)) Active
  (compare-entry a (guest-entry w (slot-set at) (slot-page at) host c)))

;; Partial: the entries of the event's page. The set of the event receives one where it had none.
(define-fun partial-resync ((a Active) (at Slot) (x Access) (w Walk) (host HostMap) (c Control)) Active
  (ite (distinct (slot-page at) (access-page x)) a
  (ite (and ((_ is absent) a) (distinct (slot-set at) (access-set x))) absent
    (guest-entry w (slot-set at) (slot-page at) host c))))
