;; The processor and its control state, as far as paging looks at them.
;; Manual: Intel SDM vol. 3, 2.5, 4.1.1 and 4.6; AMD APM vol. 2, 5.3 and 5.5.3.
;; Claims: 12 13 23 27.

;; Whose manual decides where manuals differ, what is offered, and which of the physical address
;; bits 51:32 lie above MAXPHYADDR (a mask, as wide as an address).
(declare-datatypes ((Vendor 0)) (((intel) (amd))))
(declare-datatypes ((Profile 0)) (((profile
  (vendor Vendor) (bits-above-maxphyaddr (_ BitVec 64)) (has-pse36 Bool) (has-pages-1g Bool)))))

;; A mask without the bits that are no physical address bits at all.
(define-fun is-real ((p Profile)) Bool
  (= #x0000000000000000 (bvand (bits-above-maxphyaddr p) #xfff00000ffffffff)))

;; The registers as the guest sees them. The PDPTE registers of PAE paging are entries of a walk.
(declare-datatypes ((Control 0)) (((control
  (cr0 (_ BitVec 64)) (cr3 (_ BitVec 64)) (cr4 (_ BitVec 64)) (efer (_ BitVec 64))))))

(define-fun bit ((word (_ BitVec 64)) (mask (_ BitVec 64))) Bool
  (distinct (bvand word mask) #x0000000000000000))

(define-fun write-protect ((c Control)) Bool (bit (cr0 c) #x0000000000010000))
(define-fun paging ((c Control)) Bool (bit (cr0 c) #x0000000080000000))
(define-fun page-size-extensions ((c Control)) Bool (bit (cr4 c) #x0000000000000010))
(define-fun physical-address-extension ((c Control)) Bool (bit (cr4 c) #x0000000000000020))
(define-fun global-pages ((c Control)) Bool (bit (cr4 c) #x0000000000000080))
(define-fun five-levels ((c Control)) Bool (bit (cr4 c) #x0000000000001000))
(define-fun process-contexts ((c Control)) Bool (bit (cr4 c) #x0000000000020000))
(define-fun execution-prevention ((c Control)) Bool (bit (cr4 c) #x0000000000100000))
(define-fun access-prevention ((c Control)) Bool (bit (cr4 c) #x0000000000200000))
(define-fun long-mode ((c Control)) Bool (bit (efer c) #x0000000000000400))
(define-fun protection-keys ((c Control)) Bool
  (and (bit (cr4 c) #x0000000000400000) (long-mode c) (paging c)))
(define-fun no-execute ((c Control)) Bool (bit (efer c) #x0000000000000800))

;; States that a processor lets its software reach, as far as theorems need it: PCIDs only with
;; IA-32e paging.
(define-fun is-legal ((c Control)) Bool (=> (process-contexts c) (and (paging c) (long-mode c))))

;; The current PCID; 0 where there are none.
(define-fun current-pcid ((c Control)) (_ BitVec 12)
  (ite (process-contexts c) ((_ extract 11 0) (cr3 c)) #x000))

(declare-datatypes ((Mode 0)) (((no-paging) (two-level) (pae) (four-level) (five-level))))
(define-fun mode-of ((c Control)) Mode
  (ite (not (paging c)) no-paging
  (ite (long-mode c) (ite (five-levels c) five-level four-level)
  (ite (physical-address-extension c) pae two-level))))

;; The sets of privilege levels that page-based protection can tell apart.
(declare-datatypes ((PrivilegeSet 0)) (((supervisor) (user) (supervisor-ac))))
(define-fun set-of-level ((cpl (_ BitVec 2))) PrivilegeSet (ite (= cpl #b11) user supervisor))
(define-fun set-of ((cpl (_ BitVec 2)) (alignment-check Bool) (c Control)) PrivilegeSet
  (ite (= cpl #b11) user
  (ite (and alignment-check (access-prevention c)) supervisor-ac supervisor)))
