;; The small world in 4-level paging: one page, the entries of its walk, and what may stand in them.
;; Needs: cell

(define-fun world-mode () Mode four-level)
(define-fun p () Profile (profile intel #x000fff0000000000 true true))

(define-fun observed () Page #x0000000000040201)
(define-fun root () Frame #x0000000000000001)
(define-fun top-entry () (_ BitVec 64) #x0000000000002027)
;; WP.
(define-fun optional-cr0 () (_ BitVec 64) #x0000000000010000)
;; PGE, PCIDE, SMEP, SMAP and PKE.
(define-fun optional-cr4 () (_ BitVec 64) #x0000000000720080)
(define-fun has-cr4 () (_ BitVec 64) #x0000000000000020)
(define-fun has-efer () (_ BitVec 64) #x0000000000000400)
(define-fun has-efer-toggles () Bool true)
(define-fun has-keys () Bool true)

;; Bits that a leaf may have beside its frame: P, R/W, U/S, A, D, G, bit 51 (reserved), key 1, XD.
(define-fun leaf-bits () (_ BitVec 64) #x8808000000000167)
;; In a large one bit 13 is reserved too.
(define-fun large-bits () (_ BitVec 64) #x8808000000002167)
(define-fun table-bits () (_ BitVec 64) #x8008000000000027)

(define-fun is-small-leaf ((v (_ BitVec 64))) Bool
  (let ((f (bvand v (bvnot leaf-bits))))
    (or (= f #x0000000000010000) (= f #x0000000000011000) (= f #x0000000000012000) (= f #x0000000000020000))))
(define-fun is-directory ((v (_ BitVec 64))) Bool
  (let ((t (bvand v (bvnot table-bits))) (f (bvand v (bvnot large-bits))))
    (or (= t #x0000000000004000) (= t #x0000000000005000)
        (= f #x0000000000400080) (= f #x0000000000600080))))
(define-fun is-upper ((v (_ BitVec 64))) Bool
  (let ((t (bvand v (bvnot table-bits))) (f (bvand v (bvnot large-bits))))
    (or (= t #x0000000000003000) (= f #x0000000040000080) (= f #x0000000080000080))))
(define-fun first-table-frame () Frame #x0000000000000004)

;; The frames that entries may lead to with memory behind them; the third is read-only.
(define-fun frame-2 () Frame #x0000000000000011)
(define-fun frame-3 () Frame #x0000000000000012)
(define-fun frame-4 () Frame #x0000000000000401)
(define-fun frame-5 () Frame #x0000000000000601)
(define-fun frame-6 () Frame #x0000000000040201)
(define-fun frame-7 () Frame #x0000000000080201)
