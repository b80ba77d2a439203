;; FULL-2: a full resync leaves an entry that matched in place, just as it was; only what it is
;; known to come from may be found anew. It never makes an entry where there was none.
;; Claims: 6 19 30.
;; Needs: world

(declare-const result Active)
(assert (= result (full-resync a at w host after)))
(assert (or ((_ is absent) a) (matches a (guest-entry w (slot-set at) (slot-page at) host after))))
(check-sat)

(assert (not (and (within a result) (within result a))))
(check-sat)
