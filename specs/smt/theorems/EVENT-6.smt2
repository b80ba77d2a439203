;; EVENT-6: the cause that is found is one of those that are right for the event, as the claims
;; name them.
;; Claims: 3 4 13 17.
;; Needs: world

(declare-const found Cause)
(assert (= found (cause-of event a w host before after p)))
(assert (=> ((_ is page-fault) event) (= (access-page (fault-access event)) (slot-page at))))
(define-fun x () Access (fault-access event))
(define-fun behind () Backing (select host (frame-of (reached w) (access-page x))))
(check-sat)

(assert (not (and
  ;; Claim 7: the guest's own structure denies the access.
  (=> (= found guest-page-fault) (not (way-permits w x before)))
  ;; Claims 4, 17: it permits it, and the active content does not.
  (=> (= found inconsistency) (and (way-permits w x before) ((_ is memory-at) behind) (not (entry-permits a x before))))
  ;; Both permit it: the processor's TLB lagged behind.
  (=> (= found spurious) (and (way-permits w x before) (entry-permits a x before)))
  (=> (= found to-a-device) (or ((_ is device) behind) (and (= (kind x) store) (read-only behind))))
  ;; Claims 8, 20.
  (=> (= found control-change) (is-control-write event))
  ;; Claim 13.
  (=> (= found privilege-change-within-set)
    (= (= #b11 (level-before event)) (= #b11 (level-after event)))))))
(check-sat)
