;; EVENT-3: the code of a fault that is handed over is the manual's, bit by bit.
;; Claims: 7. Manual: Intel SDM vol. 3, 4.7.
;; Needs: world

(assert ((_ is page-fault) event))
(declare-const x Access)
(assert (= x (fault-access event)))
(assert (=> (from-user x) (paging before)))
(declare-const answer Action)
(assert (= answer (action-of event w host before)))
(assert ((_ is inject) answer))
(define-fun code-bit ((mask FaultCode)) Bool (distinct #b000000 (bvand (injected answer) mask)))
(check-sat)

(assert (not (and
  ;; P: cleared only by an entry that is not present.
  (= (code-bit #b000001) (not ((_ is ends-not-present) w)))
  ;; RSVD: by a reserved bit alone, and never with P=0.
  (= (code-bit #b001000) ((_ is ends-reserved) w))
  (=> (code-bit #b001000) (code-bit #b000001))
  ;; W/R and U/S describe the access.
  (= (code-bit #b000010) (= (kind x) store))
  (= (code-bit #b000100) (= (access-set x) user))
  ;; I/D: only where fetches can be refused as such.
  (= (code-bit #b010000)
     (and (= (kind x) fetch)
       (or (bit (cr4 before) #x0000000000100000)
           (and (bit (cr4 before) #x0000000000000020) (bit (efer before) #x0000000000000800)))))
  ;; PK: a data access to a user page whose key forbids it, in IA-32e mode with CR4.PKE=1.
  (=> (code-bit #b100000)
     (and (distinct (kind x) fetch) (code-bit #b000001) (not (code-bit #b001000))
       ((_ is ends-reached) w) (user-accessible (rights-of (reached w)))
       (bit (cr4 before) #x0000000000400000) (long-mode before) (paging before)
       (distinct #b00 (rights-of-key (pkru x) (key (reached w)))))))))
(check-sat)
