;; A complete translation: what one walk found and a TLB entry may hold.
;; Manual: Intel SDM vol. 3, 4.10.2.2. Claims: 1 14 24 28.
;; Needs: entry

;; Linear pages and frames are numbered in 4 KiB.
(define-sort Page () (_ BitVec 64))
(define-sort Frame () (_ BitVec 64))

(declare-datatypes ((Rights 0)) (((rights (writable Bool) (user-accessible Bool) (executable Bool)))))

;; It is for as many pages as its size says.
(declare-datatypes ((Translation 0)) (((translation
  (first-page Page) (size Size) (first-frame Frame) (rights-of Rights)
  (key (_ BitVec 4)) (pcid (_ BitVec 12)) (global Bool) (dirty Bool)))))

(define-fun first-of ((page Page) (s Size)) Page (bvand page (bvnot (offset-mask s))))

(define-fun covers ((t Translation) (page Page)) Bool
  (= (first-of page (size t)) (first-page t)))

;; The guest frame of a covered linear page. First page and first frame are aligned to the size.
(define-fun frame-of ((t Translation) (page Page)) Frame
  (bvor (first-frame t) (bvand page (offset-mask (size t)))))

;; A global translation is used under every PCID.
(define-fun used-under ((t Translation) (c Control)) Bool
  (or (global t) (= (pcid t) (current-pcid c))))

(define-fun with-dirty ((t Translation)) Translation
  (translation (first-page t) (size t) (first-frame t) (rights-of t) (key t) (pcid t) (global t) true))

;; Without paging the linear page is the frame, and nothing is protected.
(define-fun identity ((page Page)) Translation
  (translation page size-4k page (rights true true true) #x0 #x000 false true))

;; True if a mode has linear addresses in a page: the bits above its width are as they must be.
(define-fun exists-in ((page Page) (m Mode)) Bool
  (ite (= m four-level)
    (or (= #x0000000000000000 (bvand page #xfffffff800000000)) (= #xfffffff800000000 (bvand page #xfffffff800000000)))
  (ite (= m five-level)
    (or (= #x0000000000000000 (bvand page #xfffff00000000000)) (= #xfffff00000000000 (bvand page #xfffff00000000000)))
    (= #x0000000000000000 (bvand page #xfffffffffff00000)))))
