;; AD-1: walking the entries that a VMM has marked comes to what the walk came to, with A=1 in each
;; and, for a store, D=1 in the leaf. Entries may lie at one address on two levels, so that more
;; of them may have been marked than each level asks for: of these bits, any.
;; Claims: 2. Manual: Intel SDM vol. 3, 4.8.
;; Needs: accessed

(declare-const p Profile)
(declare-const c Control)
(declare-const page Page)
(declare-const es Entries)
(declare-const stores Bool)
(declare-const asked Entries)
(declare-const then Entries)
(define-fun w () Walk (walk es page c p))
(assert (is-real p))
(assert ((_ is ends-reached) w))
(assert (= asked (mark es page stores c p)))
;; What is there is what was asked for, and perhaps A, or D for a store, besides.
(define-fun has-become ((now (_ BitVec 64)) (wanted (_ BitVec 64))) Bool
  (and (= wanted (bvand now wanted))
    (= #x0000000000000000 (bvand (bvxor now wanted) (bvnot (ite stores #x0000000000000060 #x0000000000000020))))))
(assert (and (has-become (e5 then) (e5 asked)) (has-become (e4 then) (e4 asked))
  (ite (in-registers (mode-of c) #b011) (= (e3 then) (e3 es)) (has-become (e3 then) (e3 asked)))
  (has-become (e2 then) (e2 asked)) (has-become (e1 then) (e1 asked))))
(check-sat)

(assert (not (= (walk then page c p) (marked w (or stores (dirty (reached (walk then page c p))))))))
(check-sat)
