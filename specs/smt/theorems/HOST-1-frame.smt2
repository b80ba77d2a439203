;; HOST-1: whatever the host does, an entry that remains leads to the host frame that is then behind
;; its guest frame, and its translation still grants it all that it claims.
;; Claims: 11 14 24.
;; Needs: host-world

(assert ((_ is present) a-after))
(check-sat)

(assert (not (grants (source a-after) (slot-set at) (slot-page at) a-after host-then c)))
(check-sat)
