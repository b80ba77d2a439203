;; TLB-4: a MOV to CR3 that keeps translations obliges to nothing, and none of another PCID is
;; reachable after it.
;; Claims: 2 8 15. Manual: Intel SDM vol. 3, 4.10.4.1.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (and ((_ is manipulation) event) ((_ is write-cr3) (what event)) (keeps (what event)) (process-contexts after)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(check-sat)

(assert (not (and
  (not (is-obliged (source a) at event w before after p))
  (used-under (source a-after) after))))
(check-sat)
