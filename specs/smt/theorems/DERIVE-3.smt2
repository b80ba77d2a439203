;; DERIVE-3: if no entry grants writes unless its translation has D=1 before an event, none does
;; after it.
;; Claims: 1 2. Manual: Intel SDM vol. 3, 4.8.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(assert (may-write a-after))
(check-sat)

(assert (not (dirty (source a-after))))
(check-sat)
