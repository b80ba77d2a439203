;; HOST-2: an event leaves no entry that grants writes to what the host has made read-only, if
;; there was none before it.
;; Claims: 11 14 24.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(assert (may-write a-after))
(check-sat)

(assert (not (not (read-only (select host-then (frame-of (source a-after) (slot-page at)))))))
(check-sat)
