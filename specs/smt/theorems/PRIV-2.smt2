;; PRIV-2: a change of privilege is found to affect page-based protection if and only if there are
;; rights under which the two levels differ: those of a page for supervisors are enough to tell.
;; Claims: 13. Manual: Intel SDM vol. 3, 4.6.
;; Needs: world

(declare-const r Rights)
(declare-const k Kind)
(assert ((_ is privilege-change) event))
(assert (paging before))
(declare-const found Cause)
(assert (= found (cause-of event a w host before after p)))
(define-fun level-permits ((rs Rights) (ks Kind) (level (_ BitVec 2))) Bool
  (rights-permit rs ks (ite (= level #b11) user supervisor) before))
(define-fun levels-differ ((rs Rights) (ks Kind)) Bool
  (distinct (level-permits rs ks (level-before event)) (level-permits rs ks (level-after event))))
(check-sat)

(assert (not (ite (= found privilege-set-change)
  (levels-differ (rights true false true) load)
  (and (= found privilege-change-within-set) (not (levels-differ r k))))))
(check-sat)
