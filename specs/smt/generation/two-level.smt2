;; The small world in 32-bit paging: one page, the entries of its walk, and what may stand in them.
;; Needs: cell

(define-fun world-mode () Mode two-level)
(define-fun p () Profile (profile intel #x000fff0000000000 true false))

(define-fun observed () Page #x0000000000040201)
(define-fun root () Frame #x0000000000000001)
(define-fun top-entry () (_ BitVec 64) #x0000000000000000)
;; PG and WP.
(define-fun optional-cr0 () (_ BitVec 64) #x0000000080010000)
;; PSE, PGE, SMEP and SMAP.
(define-fun optional-cr4 () (_ BitVec 64) #x0000000000300090)
(define-fun has-cr4 () (_ BitVec 64) #x0000000000000000)
(define-fun has-efer () (_ BitVec 64) #x0000000000000000)
(define-fun has-efer-toggles () Bool false)
(define-fun has-keys () Bool false)

;; Bits that a leaf may have beside its frame: P, R/W, U/S, A, D, G; bit 21 is reserved in a large
;; one.
(define-fun leaf-bits () (_ BitVec 64) #x0000000000000167)
(define-fun large-bits () (_ BitVec 64) #x0000000000200167)
(define-fun table-bits () (_ BitVec 64) #x0000000000000027)

(define-fun is-small-leaf ((v (_ BitVec 64))) Bool
  (let ((f (bvand v (bvnot leaf-bits))))
    (or (= f #x0000000000010000) (= f #x0000000000011000) (= f #x0000000000012000) (= f #x0000000000020000))))
(define-fun is-directory ((v (_ BitVec 64))) Bool
  (let ((t (bvand v (bvnot table-bits))) (f (bvand v (bvnot large-bits))))
    (or (= t #x0000000000002000) (= t #x0000000000003000)
        (= f #x0000000000400080) (= f #x0000000000002080))))
(define-fun is-upper ((v (_ BitVec 64))) Bool (= v #x0000000000000000))
(define-fun first-table-frame () Frame #x0000000000000002)

;; The frames that entries may lead to with memory behind them; the third is read-only. The fifth
;; is that of a large page above 4 GiB, and without paging the page is its own frame. Where an entry
;; of a large page is taken for a table's, without PSE, that table is empty or the first one.
(define-fun frame-2 () Frame #x0000000000000011)
(define-fun frame-3 () Frame #x0000000000000012)
(define-fun frame-4 () Frame #x0000000000000601)
(define-fun frame-5 () Frame #x0000000000100201)
(define-fun frame-6 () Frame #x0000000000040201)
(define-fun frame-7 () Frame #x0000000000040201)
