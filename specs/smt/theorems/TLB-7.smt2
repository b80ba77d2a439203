;; TLB-7: after CR0.PG changes nothing stale is reachable, of any PCID.
;; Claims: 2 8 15. Manual: Intel SDM vol. 3, 4.10.4.1.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (and ((_ is manipulation) event) ((_ is write-cr0) (what event))))
(assert (is-sound-before a at host before))
(assert (within q a))
(assert ((_ is present) a))
(assert (is-obliged (source a) at event w before after p))
(check-sat)

;; Stale: not what can be filled from memory as it is now.
(assert (not (or
  (and ((_ is absent) a-after) ((_ is absent) q-after))
  (and ((_ is present) a-after) (can-be-filled (source a-after) w) (within q-after a-after)))))
(check-sat)
