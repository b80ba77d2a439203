;; EVENT-5: whatever obliges a TLB to forget anything is recognised as an attempt to manipulate it,
;; and the guest goes on after it.
;; Claims: 8 20. Manual: Intel SDM vol. 3, 4.10.4.1.
;; Needs: world

(declare-const t Translation)
(declare-const of-page Page)
(assert ((_ is manipulation) event))
(assert (must-forget t of-page (what event) before after p))
(check-sat)

(assert (not (and
  (= tlb-manipulation (cause-of event a w host before after p))
  (= resume (action-of event w host before)))))
(check-sat)
