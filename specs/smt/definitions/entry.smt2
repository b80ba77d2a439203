;; What one entry of a guest structure says to a walk that reads it, in every mode.
;; Manual: Intel SDM vol. 3, 4.3 to 4.5 and tables 4-3 to 4-20.
;; Needs: control

;; Levels are counted from 1, whose entries are always leaves, up to 5.
(define-sort Level () (_ BitVec 3))

(declare-datatypes ((Meaning 0)) (((not-present) (reserved) (table) (leaf))))

(define-fun present-bit () (_ BitVec 64) #x0000000000000001)
(define-fun writable-bit () (_ BitVec 64) #x0000000000000002)
(define-fun user-bit () (_ BitVec 64) #x0000000000000004)
(define-fun accessed-bit () (_ BitVec 64) #x0000000000000020)
(define-fun dirty-bit () (_ BitVec 64) #x0000000000000040)
(define-fun large-bit () (_ BitVec 64) #x0000000000000080)
(define-fun global-bit () (_ BitVec 64) #x0000000000000100)
(define-fun execute-disable-bit () (_ BitVec 64) #x8000000000000000)

;; How much of linear memory one entry covers, by the size of page it would map.
(declare-datatypes ((Size 0)) (((size-4k) (size-2m) (size-4m) (size-1g) (size-512g) (size-256t))))
(define-fun size-at ((m Mode) (l Level)) Size
  (ite (= l #b001) size-4k
  (ite (= l #b010) (ite (= m two-level) size-4m size-2m)
  (ite (= l #b011) size-1g
  (ite (= l #b100) size-512g size-256t)))))

;; The bits of a page or frame number, in 4 KiB, that lie inside a size.
(define-fun offset-mask ((s Size)) (_ BitVec 64)
  (ite (= s size-4k) #x0000000000000000
  (ite (= s size-2m) #x00000000000001ff
  (ite (= s size-4m) #x00000000000003ff
  (ite (= s size-1g) #x000000000003ffff
  (ite (= s size-512g) #x0000000007ffffff #x0000000fffffffff))))))

(define-fun levels ((m Mode)) Level
  (ite (= m no-paging) #b000 (ite (= m two-level) #b010 (ite (= m pae) #b011 (ite (= m four-level) #b100 #b101)))))

;; Entries of the top level of PAE paging are in registers, with neither rights nor A.
(define-fun in-registers ((m Mode) (l Level)) Bool (and (= m pae) (= l #b011)))

(define-fun maps-page ((e (_ BitVec 64)) (l Level) (m Mode) (c Control) (p Profile)) Bool
  (or (= l #b001)
    (and (bit e large-bit)
      (or (and (= l #b010) (or (distinct m two-level) (page-size-extensions c)))
          (and (= l #b011) (distinct m pae) (has-pages-1g p))))))

;; What is reserved in four-byte entries: only in a PDE that maps a 4 MiB page. Bits 20:13 are
;; address bits 39:32 there, where the processor has them; bit 21 always is reserved.
(define-fun reserved-4-bytes ((l Level) (is-leaf Bool) (p Profile)) (_ BitVec 64)
  (ite (and is-leaf (= l #b010))
    (ite (has-pse36 p)
      (bvor #x0000000000200000
        (bvshl (bvand (bvlshr (bits-above-maxphyaddr p) #x0000000000000020) #x00000000000000ff) #x000000000000000d))
      #x00000000003fe000)
    #x0000000000000000))

;; What is reserved in eight-byte entries. Bit 12 of a large leaf is PAT, not an address bit.
(define-fun reserved-8-bytes ((l Level) (is-leaf Bool) (m Mode) (c Control) (p Profile)) (_ BitVec 64)
  (bvor
    (bits-above-maxphyaddr p)
    (ite (= m pae) #x7ff0000000000000 #x0000000000000000)
    (ite (no-execute c) #x0000000000000000 execute-disable-bit)
    (ite (in-registers m l) #x80000000000001e6 #x0000000000000000)
    (ite (bvuge l #b100)
      (bvor large-bit (ite (= (vendor p) amd) #x0000000000000100 #x0000000000000000))
      #x0000000000000000)
    (ite (= l #b010)
      (ite is-leaf #x00000000001fe000 large-bit)
      #x0000000000000000)
    (ite (and (= l #b011) (not (in-registers m l)))
      (ite is-leaf #x000000003fffe000 large-bit)
      #x0000000000000000)))

(define-fun meaning ((e (_ BitVec 64)) (l Level) (m Mode) (c Control) (p Profile)) Meaning
  (ite (not (bit e present-bit)) not-present
    (let ((is-leaf (maps-page e l m c p)))
      (ite (bit e (ite (= m two-level) (reserved-4-bytes l is-leaf p) (reserved-8-bytes l is-leaf m c p)))
        reserved
        (ite is-leaf leaf table)))))

;; Frames are numbered in 4 KiB.
(define-fun table-frame ((e (_ BitVec 64)) (m Mode)) (_ BitVec 64)
  (bvlshr (bvand e (ite (= m two-level) #x00000000fffff000 #x000ffffffffff000)) #x000000000000000c))

(define-fun leaf-frame ((e (_ BitVec 64)) (l Level) (m Mode) (p Profile)) (_ BitVec 64)
  (bvor
    (bvand (table-frame e m) (bvnot (offset-mask (size-at m l))))
    (ite (and (= m two-level) (= l #b010) (has-pse36 p))
      (bvshl (bvand (bvlshr e #x000000000000000d) #x00000000000000ff) #x0000000000000014)
      #x0000000000000000)))

;; The leaf's protection key, in 4-level and 5-level paging.
(define-fun protection-key ((e (_ BitVec 64)) (m Mode)) (_ BitVec 4)
  (ite (or (= m four-level) (= m five-level)) ((_ extract 62 59) e) #x0))
