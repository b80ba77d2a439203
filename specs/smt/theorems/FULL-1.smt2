;; FULL-1: after a full resync every valid entry matches the guest's, and is backed by it.
;; Claims: 6 19 30.
;; Needs: world

(declare-const result Active)
(assert (= result (full-resync a at w host after)))
(assert ((_ is present) result))
(check-sat)

(assert (not (and
  (matches result (guest-entry w (slot-set at) (slot-page at) host after))
  (grants (reached w) (slot-set at) (slot-page at) result host after)
  (accessed w))))
(check-sat)
