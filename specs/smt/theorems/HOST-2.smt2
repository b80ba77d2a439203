;; HOST-2: no entry grants writes to what the host has made read-only, after an event or after an
;; operation of the host.
;; Claims: 11 14 24.
;; Needs: host-world

(assert ((_ is present) a-after))
(assert (may-write a-after))
(check-sat)

(assert (not (not (read-only (select host-then (frame-of (source a-after) (slot-page at)))))))
(check-sat)
