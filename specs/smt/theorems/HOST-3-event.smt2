;; HOST-3: an event grants writes only to a frame that the host has been told of, or does not ask
;; about.
;; Claims: 11 14 24.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(assert (may-write a-after))
(check-sat)

(assert (not (not (logged (select host-then (frame-of (source a-after) (slot-page at)))))))
(check-sat)
