;; Whether an access is permitted by the rights of a walk, and the error code if not.
;; Manual: Intel SDM vol. 3, 4.6.1, 4.6.2 and 4.7. Claims: 7 12 23 27.
;; Needs: walk

(declare-datatypes ((Kind 0)) (((load) (store) (fetch))))
(declare-datatypes ((Access 0)) (((access
  (access-page Page) (kind Kind) (access-set PrivilegeSet) (pkru (_ BitVec 32))))))

(define-fun from-user ((a Access)) Bool (= (access-set a) user))

(define-fun may-execute ((r Rights) (c Control)) Bool
  (or (executable r) (not (no-execute c))))

;; SMAP: supervisors keep off user pages, unless EFLAGS.AC suspends it.
(define-fun supervisor-may-touch ((r Rights) (s PrivilegeSet) (c Control)) Bool
  (or (not (user-accessible r)) (not (access-prevention c)) (= s supervisor-ac)))

;; Rights alone, protection keys aside.
(define-fun rights-permit ((r Rights) (k Kind) (s PrivilegeSet) (c Control)) Bool
  (or (not (paging c))
    (ite (= s user)
      (and (user-accessible r)
        (or (= k load) (and (= k store) (writable r)) (and (= k fetch) (may-execute r c))))
      (or
        (and (= k load) (supervisor-may-touch r s c))
        (and (= k store) (supervisor-may-touch r s c) (or (writable r) (not (write-protect c))))
        (and (= k fetch) (may-execute r c)
          (not (and (user-accessible r) (execution-prevention c))))))))

;; The two bits that a key has in the PKRU register: AD (no data access) and WD (no stores).
(define-fun rights-of-key ((register (_ BitVec 32)) (k (_ BitVec 4))) (_ BitVec 2)
  (let ((of-8 (ite (= #b1 ((_ extract 3 3) k)) ((_ extract 31 16) register) ((_ extract 15 0) register))))
  (let ((of-4 (ite (= #b1 ((_ extract 2 2) k)) ((_ extract 15 8) of-8) ((_ extract 7 0) of-8))))
  (let ((of-2 (ite (= #b1 ((_ extract 1 1) k)) ((_ extract 7 4) of-4) ((_ extract 3 0) of-4))))
    (ite (= #b1 ((_ extract 0 0) k)) ((_ extract 3 2) of-2) ((_ extract 1 0) of-2))))))

;; What the PKRU register forbids for a key.
(define-fun pkru-forbids ((register (_ BitVec 32)) (k (_ BitVec 4)) (a Access) (c Control)) Bool
  (let ((no-access (= #b1 ((_ extract 0 0) (rights-of-key register k))))
        (no-write (= #b1 ((_ extract 1 1) (rights-of-key register k)))))
    (or (and (distinct (kind a) fetch) no-access)
        (and (= (kind a) store) no-write (or (from-user a) (write-protect c))))))

(define-fun key-forbids ((t Translation) (a Access) (c Control)) Bool
  (and (protection-keys c) (user-accessible (rights-of t)) (pkru-forbids (pkru a) (key t) a c)))

(define-fun permits ((t Translation) (a Access) (c Control)) Bool
  (and (rights-permit (rights-of t) (kind a) (access-set a) c) (not (key-forbids t a c))))

;; The error code: bit 0 P, 1 W/R, 2 U/S, 3 RSVD, 4 I/D, 5 PK.
(define-sort FaultCode () (_ BitVec 6))

;; The I/D bit is reported only where fetches can be refused as such.
(define-fun fetches-are-told ((c Control)) Bool
  (or (execution-prevention c) (and (physical-address-extension c) (no-execute c))))

(define-fun code-not-present ((a Access) (c Control)) FaultCode
  (bvor (ite (= (kind a) store) #b000010 #b000000)
        (ite (from-user a) #b000100 #b000000)
        (ite (and (= (kind a) fetch) (fetches-are-told c)) #b010000 #b000000)))
(define-fun code-reserved ((a Access) (c Control)) FaultCode
  (bvor (code-not-present a c) #b001001))
(define-fun code-denied ((t Translation) (a Access) (c Control)) FaultCode
  (bvor (code-not-present a c) #b000001 (ite (key-forbids t a c) #b100000 #b000000)))
