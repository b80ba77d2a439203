;; PARTIAL-1: after a partial resync each entry of the event's page, in every set, matches what the
;; guest's entries then say of it.
;; Claims: 5 18 29.
;; Needs: world

(assert ((_ is page-fault) event))
(assert (= of (slot-machine at)))
(assert (= (access-page (fault-access event)) (slot-page at)))
(assert (= resume (action-of event w host before)))
(assert ((_ is present) a-after))
(check-sat)

(assert (not (matches a-after
  (guest-entry (walk-after at event w host before) (slot-set at) (slot-page at) host-then before))))
(check-sat)
