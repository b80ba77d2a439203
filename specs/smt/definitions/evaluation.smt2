;; What evaluating a page-fault event finds: would the guest have had this fault alone?
;; Manual: Intel SDM vol. 3, 4.7. Claims: 3 4 7 9 16 17 21 25.
;; Needs: permission

(declare-datatypes ((Evaluation 0)) ((
  (guest-fault (code FaultCode))
  (permitted (seen Translation)))))

;; Of the walk of the page that is accessed.
(define-fun evaluate ((w Walk) (x Access) (c Control)) Evaluation
  (ite ((_ is ends-not-present) w) (guest-fault (code-not-present x c))
  (ite ((_ is ends-reserved) w) (guest-fault (code-reserved x c))
    (ite (permits (reached w) x c) (permitted (reached w))
      (guest-fault (code-denied (reached w) x c))))))

;; One way in which a processor may carry out an access: along a walk, or by a translation that it
;; has cached, which is a walk that reached it.
(define-fun way-permits ((way Walk) (x Access) (c Control)) Bool
  (and ((_ is ends-reached) way) (permits (reached way) x c)))
