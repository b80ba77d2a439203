;; DERIVE-2: if the rights of each entry are no more than its translation grants to its set before
;; an event, they are not after it: under the control state of then, key included.
;; Claims: 1 12 14 23 27. Manual: Intel SDM vol. 3, 4.6.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(check-sat)

(assert (not (has-its-rights a-after (source a-after) (slot-set at) after)))
(check-sat)
