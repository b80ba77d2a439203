;; FULL-1, PARTIAL-1: a partial resync is a full one restricted to the entries of its event. An
;; entry that did not match becomes the same in both; one that did gives up nothing in either.
;; Claims: 5 6 18 19 29 30.
;; Needs: world

(assert is-fault-here)
(assert ((_ is present) a))
(declare-const partially Active)
(declare-const fully Active)
(assert (= partially (partial-resync a at (fault-access event) w host before)))
(assert (= fully (full-resync a at w host before)))
(check-sat)

(assert (not (ite (matches a (guest-entry w (slot-set at) (slot-page at) host before))
  (and (within fully partially) (within a fully))
  (= partially fully))))
(check-sat)
