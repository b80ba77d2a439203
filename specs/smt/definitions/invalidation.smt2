;; What the architecture obliges a TLB to forget: the table of invalidations.
;; Manual: Intel SDM vol. 3, 4.10.4.1; AMD APM vol. 2, 5.5.3. Claims: 2 8 15 20.
;; Needs: translation

(declare-datatypes ((InvpcidType 0)) (((one-address) (one-context) (all-contexts) (all-but-globals))))

;; What guest software does that may concern the TLB. Pages are as the mode numbers them, save that
;; of an INVPCID, which has 64 bits in every mode.
(declare-datatypes ((Manipulation 0)) ((
  (invlpg (invlpg-page Page))
  (invpcid (invpcid-type InvpcidType) (invpcid-pcid (_ BitVec 12)) (invpcid-page Page))
  (write-cr0) (write-cr3 (keeps Bool)) (write-cr4) (write-efer))))

(define-fun cr4-pse () (_ BitVec 64) #x0000000000000010)
(define-fun cr4-pae () (_ BitVec 64) #x0000000000000020)
(define-fun cr4-pge () (_ BitVec 64) #x0000000000000080)
(define-fun cr4-pcide () (_ BitVec 64) #x0000000000020000)
(define-fun cr4-smep () (_ BitVec 64) #x0000000000100000)
(define-fun cr4-pke () (_ BitVec 64) #x0000000000400000)

;; True for a write to CR4 that invalidates everything, globals and every PCID included.
(define-fun cr4-flushes-all ((before Control) (after Control) (p Profile)) Bool
  (let ((changed (bvxor (cr4 before) (cr4 after))))
    (or (bit changed cr4-pge)
        (bit (bvand changed (cr4 before)) cr4-pcide)
        (and (= (vendor p) amd)
          (or (bit changed (bvor cr4-pse cr4-pae)) (bit (bvand changed (cr4 after)) cr4-pke))))))

;; True for one that invalidates the current PCID without globals.
(define-fun cr4-flushes-context ((before Control) (after Control) (p Profile)) Bool
  (let ((changed (bvxor (cr4 before) (cr4 after))))
    (or (bit changed cr4-pae)
        (and (= (vendor p) intel) (bit (bvand changed (cr4 after)) cr4-smep)))))

;; True if what was cached for a page must be forgotten. `at` is the page it is used for, which a
;; large translation may lose by itself.
(define-fun must-forget ((t Translation) (at Page) (x Manipulation) (before Control) (after Control) (p Profile)) Bool
  (ite ((_ is invlpg) x)
    (and (covers t (invlpg-page x)) (used-under t before))
  (ite ((_ is invpcid) x)
    (ite (= (invpcid-type x) one-address)
      (and (not (global t)) (= (pcid t) (invpcid-pcid x)) (exists-in (invpcid-page x) (mode-of before))
        (ite (= (invpcid-pcid x) (current-pcid before)) (covers t (invpcid-page x)) (= at (invpcid-page x))))
    (ite (= (invpcid-type x) one-context)
      (and (not (global t)) (= (pcid t) (invpcid-pcid x)))
    (ite (= (invpcid-type x) all-contexts) true (not (global t)))))
  (ite ((_ is write-cr0) x)
    (distinct (paging before) (paging after))
  (ite ((_ is write-cr3) x)
    (and (not (and (keeps x) (process-contexts after))) (not (global t)) (= (pcid t) (current-pcid after)))
  (ite ((_ is write-cr4) x)
    (or (cr4-flushes-all before after p)
      (and (cr4-flushes-context before after p) (not (global t)) (= (pcid t) (current-pcid before))))
    false))))))

;; The delivery of a page fault for a lack of rights: what the current PCID has cached of its page.
(define-fun forgotten-at-delivery ((t Translation) (at Page) (page Page) (for-rights Bool) (c Control)) Bool
  (and for-rights (= at page) (= (pcid t) (current-pcid c))))

;; True if a manipulation is in the table at all, with a scope that is not empty.
(define-fun is-in-the-table ((x Manipulation) (before Control) (after Control) (p Profile)) Bool
  (or ((_ is invlpg) x) ((_ is invpcid) x)
    (and ((_ is write-cr0) x) (distinct (paging before) (paging after)))
    (and ((_ is write-cr3) x) (not (and (keeps x) (process-contexts after))))
    (and ((_ is write-cr4) x) (or (cr4-flushes-all before after p) (cr4-flushes-context before after p)))))
