;; PROGRESS-1: an access takes one event at most. After it the guest has its fault, or a device has
;; the access, or both the active entry and whatever the processor still holds let it through.
;; Claims: 1 2.
;; Needs: world

(assert is-fault-here)
(assert (within q a))
(check-sat)

(assert (not (or
  (distinct resume (action-of event w host before))
  (and (entry-permits a-after (fault-access event) before)
    (or ((_ is absent) q-after) (entry-permits q-after (fault-access event) before))))))
(check-sat)
